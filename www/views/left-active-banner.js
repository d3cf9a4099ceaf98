import { statusChosen } from "../state/page-state.js";
import { filterChanged, initialFilter } from "../state/shown-sources.js";
import { isLeftActive } from "../state/source.js";
import { onlySelected } from "../state/source-list.js";
import { namePartsOf } from "./source-name.js";
import { partsOf, write } from "./template.js";

/** How many of them are named. */
const NAMED = 3;

/** Says what this browser set active before the page was loaded, and not idle since. */
export function leftActiveBanner({ store }) {
  const banner = document.getElementById("left-active");
  const { text, show, dismiss } = partsOf(banner);
  let dismissed = null;

  show.addEventListener("click", () => {
    const ids = store.state.sources.filter(isLeftActive).map(({ id }) => id);
    store.update(filterChanged({ ...initialFilter, kind: "left" }));
    store.update(onlySelected(ids));
    store.update(statusChosen("IDLE"));
    document.querySelector("#selection [data-part=all]").focus();
  });
  dismiss.addEventListener("click", () => {
    dismissed = store.state.subject;
    banner.hidden = true;
  });

  store.watch(
    (state) => [state.sources, state.subject],
    (sources, subject) => {
      const left = sources.filter(isLeftActive);
      banner.hidden = subject === dismissed || left.length === 0;
      if (left.length === 0) return;
      write(text, textOf(left, subject.organizationId));
      write(show, `Select ${left.length === 1 ? "it" : "them"}, to set IDLE`);
    },
  );
}

function textOf(left, organizationId) {
  const names = left.slice(0, NAMED).map(({ id, name }) => name || namePartsOf(id, organizationId).own);
  const more = left.length > NAMED ? [`and ${left.length - NAMED} more`] : [];
  const count = left.length === 1 ? "a source" : `${left.length} sources`;
  return `This browser left ${count} active: ${[...names, ...more].join(", ")}.`;
}
