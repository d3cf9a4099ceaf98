/** Removes a journal's entries of some sources, whoever their owners are. Sends nothing. */
export async function forget(journal, sourceIds, report, isDryRun) {
  const entries = await journal.entries();
  for (const id of new Set(sourceIds)) {
    const found = entries.filter(({ sourceId }) => sourceId === id);
    for (const entry of found) if (!isDryRun) await journal.strike(entry);
    report.forgotten(id, found);
    if (!isDryRun) await free(journal, id);
  }
}

/** A claim whose owner cannot be told would keep every run away for ever: without a record, no recovery takes it. */
async function free(journal, sourceId) {
  const claim = await journal.claim(sourceId, { staleMs: 0, purpose: "recovery" });
  if (claim.ok) claim.release();
}
