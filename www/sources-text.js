/**
 * A list of sources as text, one a line: the id, and after white space a name, if there is one. What follows a `#` at the
 * beginning of a line or after white space is a comment. `push-source-status set --sources-file` reads the same.
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

/** The lines of a list, without comments and what is empty. */
export function linesOf(text) {
  return text
    .replace(/^\ufeff/, "")
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
}

/**
 * @param {{ id: string, name: string }[]} sources
 * @param {(source: object) => string} [noteOf] what stands beside one as a comment
 */
export function formatSources(sources, noteOf = () => "") {
  const line = (source) => {
    const name = source.name === "" ? "" : `  ${source.name}`;
    const note = noteOf(source);
    return `${source.id}${name}${note === "" ? "" : `  # ${note}`}\n`;
  };
  return sources.map(line).join("");
}

/** A name as a line can hold it. */
export function nameFrom(text) {
  return parseSources(`id ${text.replace(/[\r\n]+/g, " ")}`)[0].name;
}
