/** Prints the requests that a run would send, and the program that it would start. */
export function showRun(client, { sourceIds, statusType, file, commandLine }, { stdout, isJson }) {
  const requests = (status) =>
    sourceIds.map((sourceId) => ({ sourceId, ...client.request(sourceId, status) }));
  const [active, idle] = [requests(statusType), requests("IDLE")];
  if (isJson) {
    const program = { type: "program", file, commandLine };
    const events = (all) => all.map((request) => ({ type: "request", ...request }));
    for (const event of [...events(active), program, ...events(idle)]) stdout.line(JSON.stringify(event));
    return;
  }
  for (const { method, url } of active) stdout.line(`${method} ${url}`);
  stdout.line(`  ${[file, ...commandLine.slice(1)].map(quoted).join(" ")}`);
  for (const { method, url } of idle) stdout.line(`${method} ${url}`);
  stdout.line();
  stdout.line("A dry run: nothing was sent, and nothing was started.");
}

/** Returns a word in the notation of a shell, quoted if necessary. */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
