// Where a Content-Security-Policy forbids WebAssembly, every first use has to fail with that reason.
import { isStatusType, StatusClient, StatusError, statuses } from "./api.js";
import { report } from "./report.js";

const uses = {
  "new StatusClient": () => new StatusClient({ organizationId: "organization", accessToken: "token" }),
  statuses,
  isStatusType: () => isStatusType("IDLE"),
  "statuses, again": statuses,
};

function outcome(use) {
  try {
    use();
    return "it did not fail";
  } catch (error) {
    if (!(error instanceof StatusError)) return `${error}`;
    if (error.code !== "not_supported") return `code ${error.code}`;
    const isClear = [error.message, error.hint].every((text) => text.includes("'wasm-unsafe-eval'"));
    return isClear ? null : `${error.message}; ${error.hint}`;
  }
}

const results = Object.entries(uses).map(([name, use]) => ({ name, failure: outcome(use) }));
report(new URLSearchParams(location.search).get("report"), Promise.resolve(results));
