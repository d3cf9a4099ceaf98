/** Puts the page together: one state, one session with the service, and the views of that state. */
import { launchAddress } from "./launch-address.js";
import { Session } from "./session.js";
import { initialState, sourcesAdded } from "./state/page-state.js";
import { Store } from "./state/store.js";
import { bulkBar } from "./views/bulk-bar.js";
import { Confirmation } from "./views/confirmation.js";
import { connectionForm } from "./views/connection-form.js";
import { connectionSummary } from "./views/connection-summary.js";
import { eventLog } from "./views/event-log.js";
import { sourceForm } from "./views/source-form.js";
import { sourceList } from "./views/source-list.js";
import { statusPicker } from "./views/status-picker.js";

/** The emulator wants a token, and takes any. */
const EMULATOR_TOKEN = "any-token-is-good-here";

const starting = document.getElementById("starting");
try {
  start();
  starting.hidden = true;
} catch (error) {
  starting.textContent = `This page cannot start: ${error.message}.`;
  throw error;
}

function start() {
  const store = new Store(initialState);
  const session = new Session(store);
  const page = { store, session, confirmation: new Confirmation() };

  statusPicker(page);
  connectionSummary(page);
  const form = connectionForm(page);
  sourceForm(page);
  bulkBar(page);
  sourceList(page);
  eventLog(page);

  const workspace = document.getElementById("workspace");
  store.watch(
    (state) => [state.connection === null],
    (isHidden) => {
      workspace.hidden = isHidden;
    },
  );

  const launch = launchAddress(location.hash);
  if (launch !== null) connectToEmulator(launch, page, form);
}

function connectToEmulator({ endpoint, organizationId, sourceIds }, { store, session }, form) {
  form.fill({ endpoint, organizationId });
  session.open({ endpoint, organizationId, accessToken: EMULATOR_TOKEN }, { isEmulator: true });
  store.update(sourcesAdded(sourceIds));
}
