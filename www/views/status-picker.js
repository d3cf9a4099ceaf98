import { statuses } from "../../pkg/dist/index.js";
import { statusChosen } from "../state/page-state.js";
import { statusInfo, statusName } from "./status-name.js";
import { instantiate, write } from "./template.js";

/** Shows the four statuses, with both names of each, when to set it, and the cost of what it announces. */
export function statusPicker({ store }) {
  const list = document.getElementById("status-choices");
  for (const status of statuses()) list.append(choiceOf(status));
  list.addEventListener("change", ({ target }) => store.update(statusChosen(target.value)));

  const chosenWhen = document.getElementById("chosen-when");
  const radios = [...list.querySelectorAll("input")];
  const show = () => {
    const { statusType } = store.state;
    for (const radio of radios) radio.checked = radio.value === statusType;
    write(chosenWhen, statusType === null ? "" : whenToSet(statusType));
  };
  store.watch((state) => [state.statusType], show);
  // A browser that returns to the page restores the choice, and fires no event for it.
  addEventListener("pageshow", show);
}

function whenToSet(statusType) {
  const { setWhen, cost } = statusInfo(statusType);
  const run = cost === null ? "" : ` (a run of ${cost} cost)`;
  return `${statusName(statusType)}: ${setWhen}${run}.`;
}

function choiceOf({ statusType, consoleName, cost, setWhen }) {
  const { root, parts } = instantiate("status-choice-template");
  root.dataset.status = statusType;
  parts.radio.value = statusType;
  parts.type.textContent = statusType;
  parts.consoleName.textContent = `“${consoleName}”`;
  parts.when.textContent = `${setWhen}.`;
  parts.meter.dataset.cost = cost ?? "none";
  parts.cost.textContent = cost === null ? "no run" : `${cost} cost`;
  return root;
}
