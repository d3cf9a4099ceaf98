import * as api from "../../api.js";
import { conformance } from "../../conformance.js";
import { report } from "../../report.js";

export async function GET(request) {
  const { searchParams } = new URL(request.url);
  await report(searchParams.get("report"), conformance({ endpoint: searchParams.get("endpoint"), api }));
  return new Response("reported");
}
