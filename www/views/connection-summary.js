import { time } from "./clock.js";
import { partsOf, write } from "./template.js";

const VERDICTS = {
  untried: () => "not tried yet",
  accepted: (at) => `accepted at ${time(at)}`,
  refused: (at) => `refused at ${time(at)}; forget it and give another one`,
  insufficient: (at) => `may not push to sources, as of ${time(at)}`,
};

/** Shows the connection, and what is known of its token. */
export function connectionSummary({ store, session }, form) {
  const root = document.getElementById("connection-summary");
  const { forget, change, emulator, organization, endpoint, token } = partsOf(root);
  forget.addEventListener("click", () => session.close());
  change.addEventListener("click", () => form.changeOrganization());

  store.watch(
    (state) => [state.connection],
    (connection) => {
      root.hidden = connection === null;
      if (connection === null) return;
      const { verdict, at } = connection.token;
      emulator.hidden = !connection.isEmulator;
      write(organization, connection.organizationId);
      write(endpoint, connection.endpoint);
      write(token, VERDICTS[verdict](at));
      token.dataset.verdict = verdict;
      for (const fact of [organization, endpoint, token]) fact.title = fact.textContent;
    },
  );
}
