import { inSlices } from "../pace.js";
import { sourcesAdded } from "../state/source-list.js";
import { undone } from "../state/undo.js";
import { Field } from "./field.js";
import { write } from "./template.js";

/** The number of refused lines that are explained, and of those that stay in the field to be corrected. */
const SAID_LINES = 4;
const KEPT_LINES = 100;

/**
 * Takes in one id or many. Text that is more than one id a line is shown before it is added. A line that cannot be an
 * id stays in the field, with the reason.
 *
 * @returns {{ take(text: string): Promise<void> }} takes in a text from elsewhere
 */
export function sourceForm({ store, session, preview }) {
  const form = document.getElementById("source-form");
  const note = document.getElementById("source-ids-note");
  const undo = document.getElementById("undo");
  const field = new Field("source-ids");
  const { control } = field;
  let isTaking = false;
  let lastTurn = Promise.resolve();

  control.addEventListener("input", () => fit(control));
  control.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  // Many lines bypass the field, where a thousand of them would keep the browser busy for seconds.
  control.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (control.value !== "" || !/[\n\t]/.test(text.trim())) return;
    event.preventDefault();
    take(text);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    control.focus();
    if (!isTaking) await take(control.value);
  });
  undo.addEventListener("click", () => {
    store.update(undone());
    write(note, "Undone");
    control.focus();
  });

  /** Takes in one text after another, so that none is lost. */
  function take(text) {
    const turn = lastTurn.then(() => takeNext(text));
    lastTurn = turn.catch(() => {});
    return turn;
  }

  async function takeNext(text) {
    isTaking = true;
    write(note, "");
    try {
      const entries = await preview.ask(text, (id) => session.problemWith(id));
      if (entries !== null) await add(text, entries);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      keep(text, text);
      field.refuse(`This begins as JSON does, and cannot be read: ${error.message}.`);
    } finally {
      isTaking = false;
    }
  }

  async function add(text, entries) {
    const { accepted, refused } = await sorted(entries, session);
    const before = new Map(store.state.sources.map(({ id, name }) => [id, name]));
    if (accepted.length > 0) store.update(sourcesAdded(accepted));
    const rest = refused.slice(0, KEPT_LINES).map(({ line }) => line);
    keep(rest.join("\n"), text);
    if (refused.length > 0) field.refuse(said(refused));
    write(note, noteOf(accepted, before));
    fit(control);
  }

  /** Leaves the rest of a text in the field, beside what the user has typed in the meantime. */
  function keep(rest, text) {
    const typed = control.value === text ? "" : control.value;
    field.value = [rest, typed].filter((part) => part !== "").join("\n");
  }

  store.watch(
    (state) => [state.undo],
    (step) => {
      undo.hidden = step === null;
      if (step === null || step.what !== "removed") return;
      const now = new Set(store.state.sources.map(({ id }) => id));
      write(note, `${step.sources.filter(({ id }) => !now.has(id)).length} removed`);
    },
  );
  store.watch(
    (state) => [state.connection !== null],
    (isConnected) => {
      write(note, "");
      // On a phone, the banner above the form has to stay in sight.
      if (isConnected) control.focus({ preventScroll: true });
    },
  );
  return { take };
}

async function sorted(entries, session) {
  // The client's own error text covers an empty field too.
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
  const lines = refused.slice(0, SAID_LINES).map(({ problem }) => labelled(problem));
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

/** Replaces the client's name for the id by the page's. */
function labelled(problem) {
  return problem.replace(/^sourceId\b/, "The id");
}

/** Makes the field as high as its lines, within a limit. */
function fit(control) {
  control.rows = Math.min(12, Math.max(1, control.value.split("\n").length));
}
