import * as api from "./api.js";
import { conformance } from "./conformance.js";
import { report } from "./report.js";

const { ENDPOINT: endpoint, REPORT: reportUrl } = process.env;
report(reportUrl, conformance({ endpoint, api }));
