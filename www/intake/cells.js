/**
 * Splits text into rows of cells, as spreadsheets and databases export it. Tabs, semicolons or commas separate the
 * cells. A cell may be quoted with `"`. In a quoted cell, `""` is a quote, and a line break belongs to the cell.
 *
 * @param {string} text
 * @param {string} separator one character
 * @returns {string[][]}
 */
export function cellsOf(text, separator) {
  const rows = [[]];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    rows.at(-1).push(cell.replace(/\s+/g, " ").trim());
    cell = "";
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') cell += text[++index];
      else isQuoted = false;
    } else if (character === '"' && cell.trim() === "") {
      isQuoted = true;
      cell = "";
    } else if (character === separator) endCell();
    else if (character === "\n" || character === "\r") {
      endCell();
      rows.push([]);
    } else cell += character;
  }
  endCell();
  return rows.filter((row) => row.some((content) => content !== ""));
}

const SEPARATORS = ["\t", ";", ","];

/** Returns the character that separates the cells in every line, or `null` if there is none. */
export function separatorOf(text) {
  return (
    SEPARATORS.find((separator) => {
      const rows = cellsOf(text, separator);
      return rows.length > 0 && rows.every((row) => row.length > 1);
    }) ?? null
  );
}
