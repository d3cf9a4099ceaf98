/**
 * Reads a list of sources, one a line: the id, then white space and a name, if there is one. A `#` at the beginning of
 * a line or after white space begins a comment. `push-source-status set --sources-file` reads the same format.
 *
 * @param {string} text
 * @returns {{ id: string, name: string }[]}
 */
export function parseSources(text) {
  return linesOf(text).map((line) => {
    const [id, ...words] = line.split(/\s+/);
    return { id, name: words.join(" ") };
  });
}

/** Returns the lines of a list, without comments and empty lines. */
export function linesOf(text) {
  return text
    .replace(/^\ufeff/, "")
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
}

/**
 * Writes a list of sources in the same format.
 *
 * @param {{ id: string, name: string }[]} sources
 * @param {(source: object) => string} [noteOf] the comment beside a source
 */
export function formatSources(sources, noteOf = () => "") {
  const line = (source) => {
    const name = source.name === "" ? "" : `  ${source.name}`;
    const note = noteOf(source);
    return `${source.id}${name}${note === "" ? "" : `  # ${note}`}\n`;
  };
  return sources.map(line).join("");
}

/** Returns a name in the form that a line can hold. */
export function nameFrom(text) {
  return parseSources(`id ${text.replace(/[\r\n]+/g, " ")}`)[0].name;
}
