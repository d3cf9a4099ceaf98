import { startEmulator } from "push-source-status/emulator";
import * as api from "./api.js";
import { conformance } from "./conformance.js";
import { report } from "./report.js";

const reportUrl = process.env.REPORT;
const emulator = await startEmulator({ control: true });
await report(reportUrl, conformance({ endpoint: emulator.endpoint, api }));
await emulator.close();
