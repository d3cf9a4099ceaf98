import { DocumentBuilder, type PushSource } from "@coveo/push-api-client";
import type { StatusClient } from "push-source-status";

/** A page of the wiki to index. Your own connector reads its documents from somewhere. */
export interface Page {
  url: string;
  title: string;
  text: string;
}

export interface Connector {
  /** The client that sets the status of the source. */
  status: StatusClient;
  /** The vendor's client, which pushes the documents. */
  source: PushSource;
  sourceId: string;
  /** The number of documents in a batch. */
  batchSize?: number;
  /** The number of attempts for a batch if the service fails, and the delay after the first one. */
  attempts?: number;
  delayMs?: number;
  /** The time that a stopped run has to end. The vendor's client takes no signal, so it finishes its call. */
  gracePeriodMs?: number;
}

/** Makes the source hold exactly these pages. Meanwhile the console shows a rebuild. */
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
      // All pages have been pushed, so every older document of the source is obsolete.
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
 * Pushes a batch, again if the service fails. The vendor's client retries only after a 429 of the Push API. Pushing a
 * batch twice is harmless: its items replace themselves. A retry after a 4xx is useless, but the client's errors do not
 * show the status.
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
