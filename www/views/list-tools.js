import { formatSources } from "../sources-text.js";
import { filterChanged } from "../state/shown-sources.js";
import { activeSince, activityOf } from "../state/source.js";
import { stamp } from "./clock.js";
import { download } from "./download.js";
import { statusName } from "./status-name.js";
import { partsOf, write } from "./template.js";

/**
 * Filters and orders the list, and exports and imports it as a file.
 *
 * @param {{ take(text: string): Promise<void> }} intake the form that takes in a list
 */
export function listTools({ store }, intake) {
  const tools = document.getElementById("list-tools");
  const exporting = document.getElementById("export-sources");
  const importing = document.getElementById("import-sources");
  const problem = document.getElementById("keeping-problem");
  const parts = partsOf(tools);

  for (const [name, control] of Object.entries(parts)) {
    control.addEventListener("input", () => store.update(filterChanged({ [name]: control.value })));
  }
  exporting.addEventListener("click", () => {
    const { sources, subject } = store.state;
    const head = `# Push sources of ${subject.organizationId}, ${stamp(Date.now())}\n`;
    download(`${subject.organizationId}-sources.txt`, "text/plain", head + formatSources(sources, noteOf));
  });
  importing.addEventListener("change", async () => {
    const [file] = importing.files;
    if (file) await intake.take(await file.text());
    // The same file can then be imported again.
    importing.value = "";
  });

  store.watch(
    (state) => [state.sources.length > 0],
    (hasSources) => {
      tools.hidden = !hasSources;
      exporting.hidden = !hasSources;
    },
  );
  store.watch(
    (state) => [state.filter],
    (filter) => {
      for (const [name, control] of Object.entries(parts))
        if (control.value !== filter[name]) control.value = filter[name];
    },
  );
  store.watch(
    (state) => [state.keepingProblem],
    (text) => {
      problem.hidden = text === null;
      if (text !== null) write(problem, text);
    },
  );
}

/** Returns what is known of a source, as a comment for its line. */
function noteOf(source) {
  const activity = activityOf(source);
  if (activity === "unknown") return "";
  if (activity === "idle") return `idle since ${stamp(source.last.at)}`;
  const { statusType, at } = activeSince(source);
  return `${activity}: ${statusName(statusType)} since ${stamp(at)}`;
}
