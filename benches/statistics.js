export function median(numbers) {
  return quantile(numbers, 0.5);
}

/** The two bounds between which the middle half lies. */
export function quartiles(numbers) {
  return [quantile(numbers, 0.25), quantile(numbers, 0.75)];
}

function quantile(numbers, share) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const above = Math.ceil(position);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
