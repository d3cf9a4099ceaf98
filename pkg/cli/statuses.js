import { statuses } from "push-source-status";
import { COMMON_OPTIONS } from "./arguments.js";
import { columnsOf, paintFor } from "./terminal.js";
import { UsageError } from "./usage-error.js";

export const options = COMMON_OPTIONS;

export const help = `Usage: push-source-status statuses

Prints the four statuses that a Push source can be set to: the name that the
administration console shows for each, the typical cost of the run that it
announces, and when to set it. Sends nothing and needs no settings.

  --json   one status a line

  push-source-status statuses
`;

/** The reason why no command reads the status of a source. */
export const NO_READING =
  "what status a source has now, nothing here can tell: the Push API sets it and does not read it; " +
  "the Sources page of the administration console shows it";

const HEADINGS = ["STATUS", "THE CONSOLE SAYS", "COST", "SET IT"];

/** The space between two columns. */
const GAP = "  ";

export function execute({ values, positionals }, { env, stdout }) {
  if (positionals.length > 0)
    throw new UsageError(`"${positionals[0]}" is one argument too many; ${NO_READING}`);
  if (values.json) {
    for (const status of statuses()) stdout.line(JSON.stringify(status));
    return 0;
  }
  const { bold, dim } = paintFor(stdout, env);
  const columns = columnsOf(stdout);
  const rows = statuses().map(({ statusType, consoleName, cost, setWhen }) => [
    statusType,
    consoleName,
    cost ?? "-",
    setWhen,
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column].length)),
  );
  for (const line of layOut(HEADINGS, widths, columns)) stdout.line(dim(line));
  for (const row of rows) {
    const [first, ...rest] = layOut(row, widths, columns);
    stdout.line(bold(first.slice(0, widths[0])) + first.slice(widths[0]));
    for (const line of rest) stdout.line(line);
  }
  stdout.line();
  for (const note of [
    'Mind the names: the console\'s "Refresh" is INCREMENTAL, and REFRESH shows as "Rescan".',
    `${NO_READING[0].toUpperCase()}${NO_READING.slice(1)}.`,
  ]) {
    for (const line of wrap(note, columns)) stdout.line(line);
  }
  return 0;
}

/** Returns the lines of one row. The text of the last column is wrapped within that column. */
function layOut(row, widths, columns) {
  const before = row
    .slice(0, -1)
    .map((cell, column) => cell.padEnd(widths[column]) + GAP)
    .join("");
  const [first, ...rest] = wrap(row.at(-1), Math.max(20, columns - before.length));
  return [before + first, ...rest.map((line) => " ".repeat(before.length) + line)];
}

function wrap(text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
