import { sourcesAdded } from "../state/page-state.js";
import { Field } from "./field.js";

/** How many refused lines are said one by one. */
const SAID_LINES = 4;

/** Takes one id or many, one in each line. What cannot be an id stays in the field, and is said there. */
export function sourceForm({ store, session }) {
  const form = document.getElementById("source-form");
  const note = document.getElementById("source-ids-note");
  const field = new Field("source-ids");
  const { control } = field;

  control.addEventListener("input", () => fit(control));
  control.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { added, repeated, refused } = sorted(control.value, store.state.sources, session);
    store.update(sourcesAdded(added));
    field.value = refused.map(({ line }) => line).join("\n");
    if (refused.length > 0) field.refuse(said(refused));
    note.textContent = noteOf(added.length, repeated);
    fit(control);
    control.focus();
  });

  store.watch(
    (state) => [state.connection !== null],
    (isConnected) => isConnected && control.focus(),
  );
}

function sorted(text, sources, session) {
  const known = new Set(sources.map(({ id }) => id));
  const lines = text.split("\n").map((line) => line.trim());
  const result = { added: [], repeated: 0, refused: [] };
  // A field with nothing in it is said to be empty, by the client as well.
  for (const line of lines.some(Boolean) ? lines.filter(Boolean) : [""]) {
    const problem = session.problemWith(line);
    if (problem) result.refused.push({ line, problem });
    else if (known.has(line)) result.repeated += 1;
    else {
      known.add(line);
      result.added.push(line);
    }
  }
  return result;
}

function said(refused) {
  const lines = refused.slice(0, SAID_LINES).map(({ problem }) => problem);
  const rest = refused.length - lines.length;
  return (rest > 0 ? [...lines, `and ${rest} more`] : lines).join("\n");
}

function noteOf(added, repeated) {
  const notes = [];
  if (added > 0) notes.push(`${added} added`);
  if (repeated > 0) notes.push(`${repeated} already in the list`);
  return notes.join(", ");
}

/** As high as its lines, up to what the style sheet allows. */
function fit(control) {
  control.rows = Math.max(1, control.value.split("\n").length);
}
