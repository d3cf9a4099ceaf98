import { StatusClient, StatusError } from "push-source-status";
import { recoverUnfinished, storageJournal } from "push-source-status/journal";
import { start } from "push-source-status/wasm";
import source from "push-source-status/wasm/push_source_status_bg.wasm";

export async function page(form: HTMLFormElement): Promise<string> {
  const data = new FormData(form);
  const client = new StatusClient({
    organizationId: String(data.get("organization")),
    accessToken: String(data.get("token")),
    fetch: window.fetch,
  });
  try {
    await client.setStatus(String(data.get("source")), "IDLE");
    return "done";
  } catch (error) {
    return error instanceof StatusError ? `${error.message}: ${error.hint}` : String(error);
  }
}

export async function started(module: WebAssembly.Module): Promise<void> {
  await start(source);
  await start(module);
  await start(await WebAssembly.compileStreaming(fetch("push_source_status_bg.wasm")));
}

export async function recovered(client: StatusClient): Promise<number> {
  const results = await recoverUnfinished(client, storageJournal(localStorage));
  return results.filter(({ outcome }) => outcome === "ended").length;
}
