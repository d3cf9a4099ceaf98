import type { StatusClient } from "push-source-status";
import { StatusClient as SameClient, type StartSource, start } from "push-source-status/wasm";

export const same: typeof StatusClient = SameClient;

export async function started(bytes: Uint8Array, source: StartSource): Promise<void> {
  await start("https://example.com/push_source_status_bg.wasm");
  await start(new URL("https://example.com/push_source_status_bg.wasm"));
  await start(fetch("https://example.com/push_source_status_bg.wasm"));
  await start(bytes);
  await start(new ArrayBuffer(8));
  await start(source);
  // @ts-expect-error a source is needed
  await start();
  // @ts-expect-error a number is not a source
  await start(42);
}
