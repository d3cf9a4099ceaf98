/** Makes the table of docs/compatibility.md from the outcomes: a row for each runtime and bundler. */
export function markdownTable(outcomes) {
  const rows = [...groupedBy(outcomes, ({ name }) => name)].map(([name, own]) => {
    const versions = distinct(own.map(({ version }) => version));
    const ways = [...groupedBy(own, ({ way }) => way)].map(([way, tried]) =>
      description(way, tried, versions),
    );
    return `| ${name} | ${versions.join(", ")} | ${ways.join("; ")} |`;
  });
  return ["| where | version | what works |", "|---|---|---|", ...rows, ""].join("\n");
}

/** Describes a way that works, with its first version, or one that fails, with the reason. */
function description(way, tried, versions) {
  const failures = tried.filter(({ failure }) => failure);
  if (failures.length > 0) {
    const reasons = failures.map(({ version, failure }) => `${version}: ${failure.message.split("\n")[0]}`);
    return `**not ${inTable(way)}** (${inTable(reasons.join("; "))})`;
  }
  const since = tried.length < versions.length ? ` (since ${tried[0].version})` : "";
  return `${inTable(way)}${since}`;
}

function inTable(text) {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function distinct(values) {
  return [...new Set(values)].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
}

/** `Map.groupBy`, which Node 20 does not have. */
function groupedBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
