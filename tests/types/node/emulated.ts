import { StatusClient } from "push-source-status";
import {
  type Activity,
  type FetchInterception,
  type HeldDocument,
  type NextFault,
  type Operation,
  type RequestRecord,
  startEmulator,
} from "push-source-status/emulator";

export async function emulated(): Promise<number> {
  const emulator = await startEmulator({ host: "127.0.0.1" });
  const client = new StatusClient({
    organizationId: "org",
    accessToken: process.env.COVEO_ACCESS_TOKEN ?? "token",
    endpoint: emulator.endpoint,
  });
  emulator.failNext({ status: 429, retryAfter: 1 });
  await client.setStatus("source", "REBUILD");
  await emulator.close();
  return emulator.activities("source").length + emulator.requests.length;
}

export async function pushed(sourceId: string): Promise<string[]> {
  const emulator = await startEmulator();
  const operations: readonly Operation[] = ["create-file", "upload-file", "push-batch"];
  const fault: NextFault = { status: 503, operation: operations, times: 2 };
  emulator.failNext(fault, { reset: true, operation: "put-document" });
  emulator.failRandomly({ rate: 0.1, operation: operations });
  // @ts-expect-error: there is no such operation
  emulator.failNext({ status: 503, operation: "push" });

  const interception: FetchInterception = emulator.interceptFetch();
  interception.dispose();
  interception[Symbol.dispose]();
  emulator.expireFiles();

  const documents: ReadonlyMap<string, HeldDocument> = emulator.documents(sourceId);
  const titles = [...documents.values()].map(({ documentId, title }) => `${documentId}: ${String(title)}`);
  const strays: RequestRecord[] = emulator.requests.filter(({ activity }) => activity === null);
  const activity: Activity | null | undefined = strays[0]?.activity;
  // @ts-expect-error: the documents are read-only
  for (const document of documents.values()) document.documentId = "another";
  emulator.clearDocuments();
  return [...titles, activity?.state ?? "none"];
}
