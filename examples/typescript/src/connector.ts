import { DocumentBuilder, type PushSource } from "@coveo/push-api-client";
import type { StatusClient } from "push-source-status";

/** A page of the wiki that is indexed: what a connector of your own reads from somewhere. */
export interface Page {
  url: string;
  title: string;
  text: string;
}

export interface Connector {
  /** Says what the source is doing. */
  status: StatusClient;
  /** Pushes the documents: the vendor's client. */
  source: PushSource;
  sourceId: string;
  /** How many documents go into one batch. */
  batchSize?: number;
  /** How often a batch is pushed that the service could not take, and how long to wait before it is pushed again. */
  attempts?: number;
  delayMs?: number;
  /** How long a run that is stopped may take to end. The vendor's client knows no signal: it ends what it has begun. */
  gracePeriodMs?: number;
}

/** Makes the source hold these pages and no others, and the console show a rebuild for as long as that takes. */
export function rebuild(
  connector: Connector,
  pages: AsyncIterable<Page>,
  signal?: AbortSignal,
): Promise<number> {
  const { status, source, sourceId, batchSize = 100, gracePeriodMs } = connector;
  return status.runActivity(
    sourceId,
    "REBUILD",
    async ({ signal }) => {
      const startedAt = Date.now();
      let pushed = 0;
      for await (const batch of inBatches(pages, batchSize)) {
        signal.throwIfAborted();
        await pushBatch(connector, batch.map(documentOf), signal);
        pushed += batch.length;
      }
      // Only now that all that is left to keep has been pushed: what was not is older than this run.
      await source.deleteDocumentsOlderThan(sourceId, startedAt);
      return pushed;
    },
    { signal, gracePeriodMs },
  );
}

function documentOf({ url, title, text }: Page): DocumentBuilder {
  return new DocumentBuilder(url, title).withData(text).withFileExtension(".html");
}

async function* inBatches(pages: AsyncIterable<Page>, size: number): AsyncGenerator<Page[]> {
  let batch: Page[] = [];
  for await (const page of pages) {
    batch.push(page);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * The vendor's client tries again after a 429 of the Push API alone. A batch may be pushed twice: its items are replaced
 * by themselves. What a 4xx refuses, it refuses the second time too, but its errors do not tell.
 */
async function pushBatch(
  connector: Connector,
  addOrUpdate: DocumentBuilder[],
  signal: AbortSignal,
): Promise<void> {
  const { source, sourceId, attempts = 5, delayMs = 1000 } = connector;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await source.batchUpdateDocuments(sourceId, { addOrUpdate, delete: [] }, { createFields: false });
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, delayMs * 2 ** (attempt - 1)));
    signal.throwIfAborted();
  }
}
