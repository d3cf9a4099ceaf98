/** Returns the candidate nearest to a mistyped or shortened word, or `undefined` if none is near. */
export function nearest(word, candidates) {
  const typed = word.toLowerCase();
  const mostSlips = Math.max(1, Math.floor(typed.length / 3));
  const near = (form) =>
    candidates
      .map((candidate) => ({ candidate, slips: distanceBetween(typed, form(candidate)) }))
      .filter(({ slips }) => slips <= mostSlips)
      .sort((one, other) => one.slips - other.slips)[0]?.candidate;
  const mayBeShortened = typed.length >= 3;
  return (
    near((candidate) => candidate) ??
    (mayBeShortened ? near((name) => name.slice(0, typed.length)) : undefined)
  );
}

/**
 * Returns the number of letters that have to be added, removed, replaced or swapped with a neighbour: the
 * Damerau–Levenshtein distance in which each place changes only once.
 */
function distanceBetween(one, other) {
  const rows = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = rows[i - 1][j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced);
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[one.length][other.length];
}
