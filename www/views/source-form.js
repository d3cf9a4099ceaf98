import { inSlices } from "../pace.js";
import { parseSources } from "../sources-text.js";
import { sourcesAdded } from "../state/source-list.js";
import { Field } from "./field.js";

/** How many refused lines are said one by one, and how many stay to be mended. */
const SAID_LINES = 4;
const KEPT_LINES = 100;

/**
 * Takes one id or many, one in each line, each with a name if it has one. What cannot be an id stays in the field, and
 * is said there.
 *
 * @returns {{ take(text: string): Promise<void> }} the same for a text from elsewhere
 */
export function sourceForm({ store, session }) {
  const form = document.getElementById("source-form");
  const note = document.getElementById("source-ids-note");
  const field = new Field("source-ids");
  const { control } = field;
  let isTaking = false;

  control.addEventListener("input", () => fit(control));
  control.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  // Many lines are taken at once. In the field, a thousand of them would keep the browser busy for seconds.
  control.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (control.value !== "" || !text.trim().includes("\n")) return;
    event.preventDefault();
    take(text);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    control.focus();
    await take(control.value);
  });

  async function take(text) {
    if (isTaking) return;
    isTaking = true;
    note.textContent = "";
    try {
      const { accepted, refused } = await sorted(text, session);
      const before = new Map(store.state.sources.map(({ id, name }) => [id, name]));
      store.update(sourcesAdded(accepted));
      field.value = refused
        .slice(0, KEPT_LINES)
        .map(({ line }) => line)
        .join("\n");
      if (refused.length > 0) field.refuse(said(refused));
      note.textContent = noteOf(accepted, before);
      fit(control);
    } finally {
      isTaking = false;
    }
  }

  store.watch(
    (state) => [state.connection !== null],
    (isConnected) => {
      note.textContent = "";
      if (isConnected) control.focus();
    },
  );
  return { take };
}

async function sorted(text, session) {
  const entries = parseSources(text);
  // A field with nothing in it is said to be empty, by the client as well.
  if (entries.length === 0) entries.push({ id: "", name: "" });
  const accepted = [];
  const refused = [];
  await inSlices(entries, ({ id, name }) => {
    const problem = session.problemWith(id);
    if (problem === undefined) accepted.push({ id, name });
    else refused.push({ line: `${id} ${name}`.trim(), problem });
  });
  return { accepted, refused };
}

function said(refused) {
  const lines = refused.slice(0, SAID_LINES).map(({ problem }) => problem);
  const rest = refused.length - lines.length;
  return (rest > 0 ? [...lines, `and ${rest} more`] : lines).join("\n");
}

function noteOf(accepted, before) {
  const fresh = new Set(accepted.map(({ id }) => id).filter((id) => !before.has(id)));
  const renamed = accepted.filter(({ id, name }) => before.has(id) && name !== "" && name !== before.get(id));
  const repeated = accepted.length - fresh.size - renamed.length;
  const notes = [];
  if (fresh.size > 0) notes.push(`${fresh.size} added`);
  if (renamed.length > 0) notes.push(`${renamed.length} renamed`);
  if (repeated > 0) notes.push(`${repeated} already in the list`);
  return notes.join(", ");
}

/** As high as its lines, up to what the style sheet allows. */
function fit(control) {
  control.rows = Math.min(12, Math.max(1, control.value.split("\n").length));
}
