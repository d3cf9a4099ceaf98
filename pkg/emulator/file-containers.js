import { randomUUID } from "node:crypto";
import { refuse } from "./refusal.js";

/** The headers that an upload has to send: the signature covers them. */
export const REQUIRED_HEADERS = Object.freeze({
  "x-amz-server-side-encryption": "AES256",
  "Content-Type": "application/octet-stream",
});

const LIFETIME_MS = 60 * 60_000;

/** The file containers, which hold batches between their upload and their push. */
export class FileContainers {
  #byId = new Map();

  /** Creates a container, which does not exist before it is added. */
  static made({ organizationId, at }) {
    return {
      fileId: randomUUID(),
      signature: randomUUID(),
      organizationId,
      madeAt: at,
      expiresAt: at + LIFETIME_MS,
      bytes: null,
    };
  }

  add(container) {
    // Otherwise an emulator that runs for days would keep each upload. The id is kept.
    for (const other of this.#byId.values()) {
      if (other.bytes !== null && other.expiresAt <= container.madeAt) other.bytes = Buffer.alloc(0);
    }
    this.#byId.set(container.fileId, container);
  }

  find(fileId) {
    return this.#byId.get(fileId);
  }

  /** Returns the bytes of a container of the caller's organization, or throws a refusal. */
  contents(fileId, { organizationId, at }) {
    const container = this.#byId.get(fileId);
    if (container?.organizationId !== organizationId)
      refuse(412, "there is no file container with this fileId");
    if (at >= container.expiresAt) refuse(412, "the file container has expired");
    if (container.bytes === null) refuse(412, "nothing was uploaded into the file container");
    return container.bytes;
  }

  expire() {
    for (const container of this.#byId.values()) container.expiresAt = 0;
  }

  clear() {
    this.#byId.clear();
  }
}

/** The answer that describes a new container. */
export function containerDescription({ fileId, signature }, { origin }) {
  const query = `X-Amz-Expires=${LIFETIME_MS / 1000}&X-Amz-Signature=${signature}`;
  return {
    uploadUri: `${origin}/file-containers/${fileId}?${query}`,
    fileId,
    requiredHeaders: REQUIRED_HEADERS,
  };
}
