/** Puts the page together: one state, one session with the service, and the views of that state. */
import { StatusError } from "../pkg/dist/index.js";
import { launchAddress } from "./launch-address.js";
import { Session } from "./session.js";
import { initialState, sourcesAdded } from "./state/page-state.js";
import { Store } from "./state/store.js";
import { bulkBar } from "./views/bulk-bar.js";
import { Confirmation } from "./views/confirmation.js";
import { ConnectionForm } from "./views/connection-form.js";
import { connectionSummary } from "./views/connection-summary.js";
import { eventLog } from "./views/event-log.js";
import { sourceForm } from "./views/source-form.js";
import { sourceList } from "./views/source-list.js";
import { statusPicker } from "./views/status-picker.js";

const starting = document.getElementById("starting");
try {
  start();
  starting.hidden = true;
} catch (error) {
  starting.textContent = `This page cannot start: ${error.message}.`;
  // What the package says of itself is foreseen, and has been said.
  if (!(error instanceof StatusError)) throw error;
}

function start() {
  const store = new Store(initialState);
  const session = new Session(store);
  const page = { store, session, confirmation: new Confirmation() };

  // Before its parts, since what is hidden takes no focus.
  const workspace = document.getElementById("workspace");
  store.watch(
    (state) => [state.connection === null],
    (isHidden) => {
      workspace.hidden = isHidden;
      document.body.classList.toggle("connected", !isHidden);
    },
  );
  const form = new ConnectionForm(page);
  connectionSummary(page);
  statusPicker(page);
  sourceForm(page);
  bulkBar(page);
  sourceList(page);
  eventLog(page);

  const launch = launchAddress(location.hash);
  if (launch === null) return;
  form.connectToEmulator(launch);
  if (store.state.connection === null) return;
  store.update(sourcesAdded(launch.sourceIds.filter((id) => session.problemWith(id) === undefined)));
}
