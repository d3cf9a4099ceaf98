import { statuses } from "../../pkg/dist/index.js";
import { statusChosen } from "../state/page-state.js";
import { instantiate } from "./template.js";

/** The four statuses to choose from, with both names of each, when to set it, and the cost of what it announces. */
export function statusPicker({ store }) {
  const list = document.getElementById("status-choices");
  for (const status of statuses()) list.append(choiceOf(status));
  list.addEventListener("change", ({ target }) => store.update(statusChosen(target.value)));
}

function choiceOf({ statusType, consoleName, cost, setWhen }) {
  const { root, parts } = instantiate("status-choice-template");
  root.dataset.status = statusType;
  parts.radio.value = statusType;
  parts.type.textContent = statusType;
  parts.consoleName.textContent = `Console: “${consoleName}”`;
  parts.when.textContent = `${setWhen}.`;
  parts.meter.dataset.cost = cost ?? "none";
  parts.cost.textContent = cost === null ? "no run" : `${cost} cost`;
  return root;
}
