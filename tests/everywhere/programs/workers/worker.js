import * as api from "./api.js";
import { conformance } from "./conformance.js";
import { report } from "./report.js";

export default {
  async fetch(request) {
    const query = new URL(request.url).searchParams;
    if (query.has("report")) {
      await report(query.get("report"), conformance({ endpoint: query.get("endpoint"), api }));
    }
    return new Response("ready");
  },
};
