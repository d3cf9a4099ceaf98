/** Assembles the page: one state, one session with the service, and the views of that state. */
import { StatusError } from "../pkg/dist/index.js";
import { Emulator } from "./emulator.js";
import { JournalKeeper } from "./journal-keeper.js";
import { launchAddress } from "./launch-address.js";
import { ListKeeper } from "./list-keeper.js";
import { PageConfiguration } from "./page-configuration.js";
import { Session } from "./session.js";
import { initialState } from "./state/page-state.js";
import { sourcesAdded } from "./state/source-list.js";
import { Store } from "./state/store.js";
import { activityPanel } from "./views/activity-panel.js";
import { announcer } from "./views/announcer.js";
import { bulkBar } from "./views/bulk-bar.js";
import { Confirmation } from "./views/confirmation.js";
import { ConnectionForm } from "./views/connection-form.js";
import { connectionSummary } from "./views/connection-summary.js";
import { emulatorPanel } from "./views/emulator-panel.js";
import { eventLog } from "./views/event-log.js";
import { IntakePreview } from "./views/intake-preview.js";
import { kindFilter } from "./views/kind-filter.js";
import { leftActiveBanner } from "./views/left-active-banner.js";
import { listTools } from "./views/list-tools.js";
import { Naming } from "./views/naming.js";
import { panels } from "./views/panels.js";
import { requestPanel } from "./views/request-panel.js";
import { selectionBar } from "./views/selection-bar.js";
import { sourceForm } from "./views/source-form.js";
import { sourceList } from "./views/source-list.js";
import { statusPicker } from "./views/status-picker.js";

const starting = document.getElementById("starting");
try {
  start();
  starting.hidden = true;
} catch (error) {
  starting.textContent = `This page cannot start: ${error.message}.`;
  // The package's own errors are foreseen, and the text above suffices.
  if (!(error instanceof StatusError)) throw error;
}

function start() {
  const store = new Store(initialState);
  const keeper = new ListKeeper(store);
  const session = new Session(store, keeper, new JournalKeeper(store));
  const page = {
    store,
    session,
    keeper,
    emulator: new Emulator(store),
    confirmation: new Confirmation(),
    naming: new Naming(),
    preview: new IntakePreview(),
  };

  // This comes before the parts, because nothing in a hidden workspace can take the focus.
  const workspace = document.getElementById("workspace");
  store.watch(
    (state) => [state.connection === null],
    (isHidden) => {
      workspace.hidden = isHidden;
      document.body.classList.toggle("connected", !isHidden);
    },
  );
  const form = new ConnectionForm(page);
  connectionSummary(page, form);
  leftActiveBanner(page);
  statusPicker(page);
  const intake = sourceForm(page);
  listTools(page, intake);
  kindFilter(page);
  selectionBar(page);
  bulkBar(page);
  sourceList(page);
  panels(page);
  eventLog(page);
  requestPanel(page);
  activityPanel(page);
  emulatorPanel(page);
  announcer(page);

  const launch = launchAddress(location.hash);
  if (launch === null) return configure(page, form);
  form.connectToEmulator(launch);
  // A list that this browser has kept is the user's, and is left alone.
  if (store.state.connection === null || store.state.sources.length > 0) return;
  const known = launch.sourceIds.filter((id) => session.problemWith(id) === undefined);
  store.update(sourcesAdded(known.map((id) => ({ id, name: "" }))));
}

/** Applies the site's configuration. It arrives late, and never overwrites what the user has typed. */
async function configure({ store, session }, form) {
  const configuration = await PageConfiguration.load();
  form.preset(configuration.place);
  form.offer(configuration.organizationIds, (id) => configuration.regionOf(id));
  store.watch(
    (state) => [state.connection === null ? null : state.subject],
    (subject) => {
      if (subject === null) return;
      const known = new Set(store.state.sources.map(({ id }) => id));
      const named = configuration
        .sourcesOf(subject.organizationId)
        .filter(({ id }) => !known.has(id) && session.problemWith(id) === undefined);
      if (named.length > 0) store.update(sourcesAdded(named));
    },
  );
}
