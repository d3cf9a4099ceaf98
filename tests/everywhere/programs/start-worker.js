import { report } from "./report.js";

const query = new URLSearchParams(location.search);
const program = `/browser.js${location.search}`;
const start = {
  Worker: () => new Worker(program, { type: "module" }),
  SharedWorker: () => new SharedWorker(program, { type: "module" }),
  ServiceWorker: () => navigator.serviceWorker.register(program, { type: "module" }),
};

/** The worker sends its own report, unless it cannot start. */
async function started() {
  const worker = await start[query.get("as")]();
  await new Promise((_settle, fail) => {
    worker.onerror = ({ message }) => fail(new Error(message ?? "the worker could not be loaded"));
  });
}

report(query.get("report"), started());
