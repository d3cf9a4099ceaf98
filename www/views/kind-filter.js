import { filterChanged, KINDS } from "../state/shown-sources.js";
import { ACTIVE, MAY_BE_ACTIVE } from "../state/source.js";
import { instantiate, write } from "./template.js";

const NAMES = {
  all: "all",
  active: ACTIVE,
  maybe: MAY_BE_ACTIVE,
  left: "left active",
  idle: "idle",
  unknown: "not known",
  busy: "under way",
  failed: "failed or cancelled",
};

/**
 * Shows the number of sources in each state, as buttons that filter the list. A state without sources is not offered.
 */
export function kindFilter({ store }) {
  const group = document.getElementById("kinds");
  const chips = Object.entries(NAMES).map(([kind, name]) => {
    const { root, parts } = instantiate("kind-template");
    parts.name.textContent = name;
    root.dataset.kind = kind;
    root.addEventListener("click", () => {
      const isPressed = store.state.filter.kind === kind && store.state.filter.cause === null;
      store.update(filterChanged({ kind: isPressed ? "all" : kind, cause: null }));
    });
    group.append(root);
    return { kind, root, count: parts.count };
  });

  store.watch(
    (state) => [state.sources, state.filter],
    (sources, filter) => {
      group.hidden = sources.length === 0;
      for (const { kind, root, count } of chips) {
        const total = sources.filter(KINDS[kind]).length;
        const isPressed = filter.kind === kind;
        write(count, total.toLocaleString());
        root.setAttribute("aria-pressed", String(isPressed));
        // Sources that were left active count in other kinds too. Only the banner leads to this one.
        root.hidden = !isPressed && (kind === "left" || (total === 0 && kind !== "all"));
      }
    },
  );
}
