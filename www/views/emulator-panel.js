import { preciseTime } from "./clock.js";
import { namePartsOf } from "./source-name.js";
import { statusBadge } from "./status-name.js";
import { instantiate, partsOf, write } from "./template.js";

const READ_EVERY_MS = 1000;
const ACTIVITIES_SHOWN = 100;

/** Plans the emulator's faults, and shows its activity log. */
export function emulatorPanel({ store, emulator }) {
  const parts = partsOf(document.getElementById("panel-emulator"));
  const boxes = [...parts.troubles.querySelectorAll("input")];
  let timer;

  parts.troubles.addEventListener("input", () => {
    const kinds = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    emulator.plan(kinds, Number(parts.rate.value));
  });
  parts.clear.addEventListener("click", () => emulator.clearLog());

  const read = () => document.hidden || emulator.read();
  store.watch(
    (state) => [state.panel === "emulator" && state.connection?.isEmulator === true],
    (isOpen) => {
      clearInterval(timer);
      if (!isOpen) return;
      read();
      timer = setInterval(read, READ_EVERY_MS);
    },
  );

  store.watch(
    (state) => [state.emulator],
    ({ faults, activities, problem }) => {
      write(parts.problem, problem ?? "");
      write(parts.plan, planOf(faults));
      const latest = latestOf(activities);
      parts.nothing.hidden = latest.length > 0;
      parts.activities.hidden = latest.length === 0;
      parts.clear.hidden = latest.length === 0;
      const organizationId = store.state.subject?.organizationId;
      parts.activities.replaceChildren(...latest.map((activity) => lineOf(activity, organizationId)));
    },
  );
}

function planOf(faults) {
  if (faults === null) return "";
  const scripted = faults.next.length;
  const also = scripted > 0 ? ` ${scripted} more are planned by another program.` : "";
  if (faults.random === null) return `Nothing is planned: every request is answered.${also}`;
  const { rate, faults: kinds } = faults.random;
  const names = kinds.map(({ status, stall }) => status ?? (stall ? "no answer" : "a reset"));
  return `${Math.round(rate * 100)} % of the requests meet ${names.join(" or ")}.${also}`;
}

function latestOf(activities) {
  return Object.entries(activities ?? {})
    .flatMap(([sourceId, list]) => list.map((activity) => ({ sourceId, ...activity })))
    .sort((a, b) => b.startedAt - a.startedAt)
    .slice(0, ACTIVITIES_SHOWN);
}

function lineOf({ sourceId, statusType, startedAt, endedAt, state }, organizationId) {
  const { root, parts } = instantiate("service-activity-template");
  parts.source.textContent = namePartsOf(sourceId, organizationId).own;
  parts.source.title = sourceId;
  parts.badge.append(statusBadge(statusType));
  parts.times.textContent = `${preciseTime(startedAt)} – ${endedAt === null ? "" : preciseTime(endedAt)}`;
  parts.state.textContent = state;
  root.dataset.state = state;
  return root;
}
