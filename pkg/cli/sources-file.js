/**
 * Parses a list of sources, one per line: the id, and optionally white space and a name for people. A `#` at the
 * beginning of a line or after white space begins a comment.
 *
 * @param {string} content
 * @param {string} file the name of the file, for the origins of the lines
 * @returns {{ id: string, name?: string, origin: string }[]}
 */
export function parseSources(content, file) {
  const sources = [];
  for (const [index, line] of content
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .entries()) {
    const [id, ...words] = line
      .replace(/(^|\s)#.*$/, "")
      .trim()
      .split(/\s+/);
    if (id !== "") sources.push({ id, name: words.join(" ") || undefined, origin: `${file}:${index + 1}` });
  }
  return sources;
}
