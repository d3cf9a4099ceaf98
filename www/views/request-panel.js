import { requestNotes, requestTexts } from "./request-text.js";
import { statusName } from "./status-name.js";
import { partsOf, write } from "./template.js";

const SAID_FOR_MS = 4000;

/** Shows the request for a source in the syntax of several tools, to be copied. */
export function requestPanel({ store, session }) {
  const parts = partsOf(document.getElementById("panel-request"));
  let timer;

  const say = (text) => {
    write(parts.copied, text);
    clearTimeout(timer);
    timer = setTimeout(() => write(parts.copied, ""), SAID_FOR_MS);
  };
  parts.copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(parts.code.textContent);
      say("Copied");
    } catch {
      getSelection().selectAllChildren(parts.code);
      say("Not allowed here: it is selected, copy it yourself");
    }
  });

  const show = () => {
    const { connection, sources, inspected, statusType } = store.state;
    const source = sources.find(({ id }) => id === inspected) ?? sources[0];
    const isShown = connection !== null && source !== undefined && statusType !== null;
    parts.request.hidden = !isShown;
    parts.nothing.hidden = isShown;
    if (!isShown) {
      write(
        parts.nothing,
        source === undefined ? "Add a source to see its request." : "Choose a status to see its request.",
      );
      return;
    }
    const form = parts.form.value;
    const facts = { ...store.state.subject, sourceId: source.id, statusType };
    write(parts.name, source.name || source.id);
    write(parts.status, statusName(statusType));
    write(parts.code, requestTexts[form](session.request(source.id, statusType), facts));
    write(parts.note, requestNotes[form]);
  };
  parts.form.addEventListener("input", () => {
    write(parts.copied, "");
    show();
  });
  store.watch(
    ({ panel, inspected, statusType, connection, sources }) =>
      panel === "request" ? [panel, inspected, statusType, connection?.endpoint, sources] : [panel],
    (panel) => panel === "request" && show(),
  );
}
