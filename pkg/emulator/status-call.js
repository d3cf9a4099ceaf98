import { admitCaller, admitSource } from "./admission.js";
import { jsonAnswer } from "./answer.js";
import { requireNoContent } from "./body.js";
import { refuse } from "./refusal.js";
import { STATUS_TYPES } from "./status-type.js";

/** `POST …/status`. */
export function setStatus(call, { directory, activities }) {
  const { statusType, loggedSourceId, at } = call;
  admitCaller(call, directory);
  requireNoContent(call);
  admitSource(call, directory);
  if (!STATUS_TYPES.includes(statusType)) {
    refuse(412, `statusType must be given once, as one of ${STATUS_TYPES.join(", ")}`);
  }
  return { answer: jsonAnswer(201, {}), apply: () => activities.set(loggedSourceId, statusType, at) };
}
