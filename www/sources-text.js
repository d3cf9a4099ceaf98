/**
 * A list of sources as text, one a line: the id, and after white space a name, if there is one. What follows a `#` at the
 * beginning of a line or after white space is a comment. `push-source-status set --sources-file` reads the same.
 *
 * @param {string} text
 * @returns {{ id: string, name: string }[]}
 */
export function parseSources(text) {
  return text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .map((line) =>
      line
        .replace(/(^|\s)#.*$/, "")
        .trim()
        .split(/\s+/),
    )
    .filter(([id]) => id !== "")
    .map(([id, ...words]) => ({ id, name: words.join(" ") }));
}

/** @param {{ id: string, name: string }[]} sources */
export function formatSources(sources) {
  return sources.map(({ id, name }) => (name === "" ? `${id}\n` : `${id}  ${name}\n`)).join("");
}

/** A name as a line can hold it. */
export function nameFrom(text) {
  return parseSources(`id ${text.replace(/[\r\n]+/g, " ")}`)[0].name;
}
