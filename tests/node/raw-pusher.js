import assert from "node:assert/strict";
import { startedEmulator, statusUrl } from "./started-emulator.js";

const AUTHORIZATION = { Authorization: "Bearer my-secret-token" };

/** Sends plain requests of the Push API to an emulator, for one source of one organization. */
export class RawPusher {
  constructor(emulator, { organizationId = "my-org", sourceId = "my-source" } = {}) {
    this.emulator = emulator;
    this.sourceId = sourceId;
    this.organization = `${emulator.endpoint}/organizations/${organizationId}`;
    this.source = `${this.organization}/sources/${sourceId}`;
  }

  /** Sends a request below the source, or to an address. Resolves with the status and the body, parsed if it is JSON. */
  async send(method, path, { content, headers = AUTHORIZATION, body } = {}) {
    const url = path.startsWith("http") ? path : `${this.source}/${path}`;
    const json = content === undefined ? {} : { "Content-Type": "application/json" };
    const init = { method, headers: { ...json, ...headers }, body: body ?? JSON.stringify(content) };
    const response = await fetch(url, init);
    const text = await response.text();
    const isJson = response.headers.get("content-type") === "application/json";
    return { status: response.status, value: isJson ? JSON.parse(text) : text };
  }

  setStatus(statusType) {
    return this.send("POST", statusUrl(this.emulator, this.sourceId, statusType));
  }

  async put(documentId, content, parameters = {}) {
    const query = new URLSearchParams({ documentId, ...parameters });
    return this.send("PUT", `documents?${query}`, { content });
  }

  async delete(documentId, parameters = {}) {
    return this.send("DELETE", `documents?${new URLSearchParams({ documentId, ...parameters })}`);
  }

  createFile() {
    return this.send("POST", `${this.organization}/files`, { content: {} });
  }

  upload({ uploadUri, requiredHeaders }, content) {
    return this.send("PUT", uploadUri, { headers: requiredHeaders, body: JSON.stringify(content) });
  }

  /** Makes a container with this content. Returns its id. */
  async uploaded(content) {
    const { status, value } = await this.createFile();
    assert.equal(status, 201);
    assert.equal((await this.upload(value, content)).status, 200);
    return value.fileId;
  }

  async pushBatch(content, parameters = {}) {
    const query = new URLSearchParams({ fileId: await this.uploaded(content), ...parameters });
    return this.send("PUT", `documents/batch?${query}`);
  }

  /** The documents of the source, as an object. */
  get documents() {
    return Object.fromEntries(this.emulator.documents(this.sourceId));
  }

  get ids() {
    return [...this.emulator.documents(this.sourceId).keys()].sort();
  }
}

export async function startedPusher(t, options) {
  return new RawPusher(await startedEmulator(t, options));
}
