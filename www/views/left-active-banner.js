import { statusChosen } from "../state/page-state.js";
import { filterChanged, initialFilter } from "../state/shown-sources.js";
import { activityOf, isLeftActive, MAY_BE_ACTIVE } from "../state/source.js";
import { onlySelected } from "../state/source-list.js";
import { namePartsOf } from "./source-name.js";
import { partsOf, write } from "./template.js";

/** The number of sources that are named. */
const NAMED = 3;

/**
 * Shows the sources that were set active before the page was loaded, and those that may be active without an answer.
 */
export function leftActiveBanner({ store }) {
  const banner = document.getElementById("left-active");
  const { text, show, dismiss } = partsOf(banner);
  let dismissed = new Set();

  show.addEventListener("click", () => {
    const ids = store.state.sources.filter(isLeftActive).map(({ id }) => id);
    store.update(filterChanged({ ...initialFilter, kind: "left" }));
    store.update(onlySelected(ids));
    store.update(statusChosen("IDLE"));
    document.querySelector("#selection [data-part=all]").focus();
  });
  dismiss.addEventListener("click", () => {
    dismissed = new Set(store.state.sources.filter(isLeftActive).map(({ id }) => id));
    banner.hidden = true;
  });

  store.watch(
    (state) => [state.sources, state.subject],
    (sources, subject) => {
      const left = sources.filter(isLeftActive);
      banner.hidden = left.every(({ id }) => dismissed.has(id));
      // A source that is being set to IDLE is no longer left active, and should be in sight.
      if (left.length === 0 && store.state.filter.kind === "left")
        store.update(filterChanged({ kind: "all" }));
      if (left.length === 0) return;
      write(text, textOf(left, subject.organizationId));
      write(show, `Select ${left.length === 1 ? "it" : "them"}, to set IDLE`);
    },
  );
}

function textOf(left, organizationId) {
  const names = left.slice(0, NAMED).map(({ id, name }) => name || namePartsOf(id, organizationId).own);
  const more = left.length > NAMED ? [`and ${left.length - NAMED} more`] : [];
  const maybe = left.filter((source) => activityOf(source) === MAY_BE_ACTIVE).length;
  const active = left.length - maybe;
  const counts = [];
  if (active > 0) counts.push(`This browser left ${active === 1 ? "a source" : `${active} sources`} active`);
  if (maybe > 0)
    counts.push(`${maybe === 1 ? "a source" : `${maybe} sources`} ${MAY_BE_ACTIVE}: no answer came`);
  const text = counts.join("; ");
  return `${text[0].toUpperCase()}${text.slice(1)}. ${[...names, ...more].join(", ")}.`;
}
