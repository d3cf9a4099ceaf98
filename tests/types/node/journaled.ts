import { StatusClient } from "push-source-status";
import { clientFromEnv } from "push-source-status/env";
import {
  type ClaimingJournal,
  fileJournal,
  type JournalEntry,
  type ReadableJournal,
  type RecoveryResult,
  recoverUnfinished,
  type StatusJournal,
} from "push-source-status/journal";

export async function recovered(): Promise<string[]> {
  const journal = fileJournal({ directory: undefined, owner: process.env.JOB_NAME });
  const client = clientFromEnv({ tokenFile: "/run/secrets/coveo", totalTimeoutMs: 300_000 });
  const results = await recoverUnfinished(client, journal, { staleMs: 86_400_000, sourceIds: ["source"] });
  journal.follow(1234);
  journal.check();
  return [journal.directory, ...results.map(said)];
}

function said(result: RecoveryResult): string {
  const { entry } = result;
  switch (result.outcome) {
    case "ended":
      return `${entry.sourceId}: ${result.update.statusType}`;
    case "kept":
      return `${entry.sourceId}: ${result.reason}`;
    case "forgotten":
    case "failed":
      return `${entry.sourceId}: ${String(result.error)}`;
  }
}

export async function listed(journal: ReadableJournal): Promise<string[]> {
  const entries = await journal.entries("source");
  return entries.map((entry) =>
    entry.unreadable === undefined
      ? `${entry.sourceId} ${entry.owner} ${entry.ownedBy?.pid}`
      : `${entry.file}: ${entry.unreadable}`,
  );
}

export async function claimed(journal: ClaimingJournal): Promise<void> {
  const claim = await journal.claim("source", { staleMs: 1000 });
  if (claim.ok) claim.release();
  else console.log(claim.owner, claim.ownedBy?.pid, claim.since);
}

/** A journal of the user's own, in a database for example. */
export class OwnJournal implements StatusJournal {
  async opened(entries: readonly JournalEntry[]): Promise<void> {
    for (const { sourceId, kind, at } of entries) console.log(sourceId, kind, at);
  }
  closed(): void {}
}

// @ts-expect-error: the folder is a path
fileJournal({ directory: 7 });
// @ts-expect-error: there is no such option
fileJournal({ folder: "/tmp" });
// @ts-expect-error: this journal cannot be read
recoverUnfinished(new StatusClient({ organizationId: "org", accessToken: "token" }), new OwnJournal());
