import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";

/** Starts the service of `programs/fake-time.js`, which answers according to the name of the source. */
export function startService(t) {
  const known = new Set();
  return startFaultServer(t, ({ sourceId }) => {
    if (sourceId.startsWith("stalled")) return stall();
    if (!sourceId.startsWith("retried") || known.has(sourceId)) return reply({ body: "{}" });
    known.add(sourceId);
    return reply({ status: 503 });
  });
}
