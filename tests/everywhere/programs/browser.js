// For a page and for workers of each kind. The settings are in the query of the address.
import * as api from "./api.js";
import { conformance } from "./conformance.js";
import { report } from "./report.js";

const query = new URLSearchParams(location.search);
report(query.get("report"), conformance({ endpoint: query.get("endpoint"), api }));
