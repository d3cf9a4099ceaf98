import { panelOpened } from "../state/page-state.js";

/** Shows one of the panels beside the list. Arrow keys move from tab to tab, as in every list of tabs. */
export function panels({ store }) {
  const list = document.getElementById("tabs");
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const shownTabs = () => tabs.filter((tab) => !tab.hidden);

  const open = (tab) => {
    store.update(panelOpened(tab.dataset.panel));
    tab.focus();
  };
  list.addEventListener("click", ({ target }) => {
    const tab = target.closest("[role=tab]");
    if (tab) open(tab);
  });
  list.addEventListener("keydown", (event) => {
    const shown = shownTabs();
    const index = shown.indexOf(document.activeElement);
    const next = {
      ArrowRight: (index + 1) % shown.length,
      ArrowLeft: (index - 1 + shown.length) % shown.length,
      Home: 0,
      End: shown.length - 1,
    }[event.key];
    if (index < 0 || next === undefined) return;
    event.preventDefault();
    open(shown[next]);
  });

  store.watch(
    (state) => [state.connection?.isEmulator === true, state.panel],
    (isEmulator, panel) => {
      for (const tab of tabs) {
        if ("emulator" in tab.dataset) tab.hidden = !isEmulator;
        const isOpen = tab.dataset.panel === panel;
        tab.setAttribute("aria-selected", String(isOpen));
        tab.tabIndex = isOpen ? 0 : -1;
        document.getElementById(`panel-${tab.dataset.panel}`).hidden = !isOpen;
      }
    },
  );
}
