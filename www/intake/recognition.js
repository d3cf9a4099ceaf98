/** Recognises a pasted list of sources, in whatever form it is written. */
import { linesOf, parseSources } from "../sources-text.js";
import { cellsOf, separatorOf } from "./cells.js";
import { entriesOfJson } from "./json.js";

/** The ways to read a text, in the words that the user chooses between. */
export const READINGS = {
  columns: "columns, as the first line names them",
  idFirst: "the id first, then a name",
  nameFirst: "a name first, then the id",
  idsAlone: "ids alone, several in a line",
  json: "JSON",
};

/** The usual shape of an id. It only serves to guess: the client decides whether an id is valid. */
const SHAPE = /^[\da-z][\w.-]{0,254}$/i;
const isId = (cell) => SHAPE.test(cell);

/**
 * Finds the ways in which a text can be read as a list of sources.
 *
 * @param {string} text
 * @returns {{ isPlain: boolean, readings: string[], read(reading: string): { id: string, name: string }[] }}
 *   `isPlain`: whether the text is one id a line and nothing else, so that the user need not be asked; `readings`:
 *   keys of `READINGS`, the likeliest first
 */
export function recognise(text) {
  const bare = text.replace(/^\ufeff/, "").trim();
  if (/^[[{]/.test(bare)) return { isPlain: false, readings: ["json"], read: () => entriesOfJson(bare) };
  const lines = linesOf(bare);
  if (lines.every((line) => !/[\s,;"]/.test(line))) {
    return { isPlain: true, readings: ["idFirst"], read: () => lines.map((id) => ({ id, name: "" })) };
  }
  const separator = separatorOf(bare);
  return separator === null ? recogniseWords(bare, lines) : recogniseTable(cellsOf(bare, separator));
}

/** Recognises lines in the format of the command line's list, or ids with white space and commas between them. */
function recogniseWords(text, lines) {
  const rows = lines.map((line) =>
    line
      .replaceAll('"', "")
      .split(/[\s,;]+/)
      .filter(Boolean),
  );
  const read = {
    idFirst: () => parseSources(text.replaceAll('"', "")),
    nameFirst: () => rows.map((row) => ({ id: row.at(-1), name: row.slice(0, -1).join(" ") })),
    idsAlone: () => idsIn(rows),
  };
  const likely = likelihoods(
    rows.map((row) => [row[0], row.at(-1)]),
    rows,
  );
  return { isPlain: false, readings: inOrder(likely), read: (reading) => read[reading]() };
}

function recogniseTable(rows) {
  const header = headerOf(rows[0]);
  const body = header === null ? rows : rows.slice(1);
  const read = {
    columns: () => body.map((row) => ({ id: row[header.id] ?? "", name: row[header.name] ?? "" })),
    idFirst: () => body.map(([id, name = ""]) => ({ id, name })),
    nameFirst: () => body.map(([name, id = ""]) => ({ id, name })),
    idsAlone: () => idsIn(body),
  };
  const likely = likelihoods(body, body);
  if (header !== null) likely.columns = Number.POSITIVE_INFINITY;
  return { isPlain: false, readings: inOrder(likely), read: (reading) => read[reading]() };
}

function idsIn(rows) {
  return rows.flatMap((row) => row.filter((cell) => cell !== "").map((id) => ({ id, name: "" })));
}

function inOrder(likely) {
  return Object.keys(likely).sort((a, b) => likely[b] - likely[a]);
}

/** Returns the columns that the first row names, or `null` if it is not a header. */
function headerOf(cells) {
  if (cells.every((cell) => isKey(cell))) return null;
  const words = cells.map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ""));
  const id = words.findIndex((word) => /^(push)?(source)?(id|key)$/.test(word));
  const name = words.findIndex((word, index) => index !== id && /name|title|label/.test(word));
  return id < 0 ? null : { id, name };
}

/** Rates each reading by the two cells of a row that may be an id and a name. */
function likelihoods(pairs, rows) {
  const share = (fits) => pairs.filter(fits).length / Math.max(1, pairs.length);
  const isAlone = rows.every((row) =>
    row.every((cell) => cell === "" || (isId(cell) && resembles(cell, row[0]))),
  );
  // In a list for the command line, the words after an id are its name.
  const isOneLine = pairs === rows && rows.length === 1 && rows[0].length > 2 && rows[0].every(isId);
  return {
    idFirst: 1 + share(([first]) => isId(first)) + share(([first]) => isKey(first)),
    nameFirst: share(([, second = ""]) => isId(second)) + 2 * share(([, second = ""]) => isKey(second)),
    idsAlone: isAlone ? 5 : isOneLine ? 4 : 0,
  };
}

/** Returns whether a cell looks like an id of the service and not like a word. Such ids are long, or contain digits. */
function isKey(cell) {
  return isId(cell) && (cell.length >= 20 || /\d/.test(cell));
}

/** Returns whether two cells look like ids of the same organization. */
function resembles(a, b) {
  const common = (one, other) => [...one].findIndex((character, index) => character !== other[index]);
  const backwards = (text) => [...text].reverse().join("");
  const isAlike = (one, other, least) => one === other || common(one, other) >= least;
  return isAlike(a, b, 4) || isAlike(backwards(a), backwards(b), 8);
}
