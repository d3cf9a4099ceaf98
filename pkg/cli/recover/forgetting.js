/** Strikes what a journal has of some sources, whoever its owner is, and sends nothing. */
export async function forget(journal, sourceIds, report, isDryRun) {
  const entries = await journal.entries();
  for (const id of new Set(sourceIds)) {
    const found = entries.filter(({ sourceId }) => sourceId === id);
    for (const entry of found) if (!isDryRun) await journal.strike(entry);
    report.forgotten(id, found);
  }
}
