/**
 * The sources that a file lists, one a line: the id, and after white space a name for people, if there is one. What
 * follows a `#` at the beginning of a line or after white space is a comment.
 *
 * @param {string} content
 * @param {string} file as the lines' origins name it
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
