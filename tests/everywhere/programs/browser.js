// In a page, and in workers of each kind: all of them have an address, and this one is told everything there.
import * as api from "./api.js";
import { conformance } from "./conformance.js";
import { report } from "./report.js";

const query = new URLSearchParams(location.search);
report(query.get("report"), conformance({ endpoint: query.get("endpoint"), api }));
