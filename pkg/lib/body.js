import { quietly } from "./foreign.js";

/**
 * Reads the body of an answer up to a limit, and cancels the rest. A body that breaks off ends there. Returns whether
 * the body is complete; if it is not, its connection is still in use.
 */
export async function readBody(reader, limit) {
  const pieces = [];
  let room = limit;
  try {
    while (room > 0) {
      const { done, value } = await reader.read();
      if (done) return { isWhole: true, bytes: joined(pieces, limit - room) };
      const piece = bytesOf(value).subarray(0, room);
      pieces.push(piece);
      room -= piece.length;
    }
  } catch {
    // The pieces read so far are kept.
  }
  void quietly(() => reader.cancel());
  return { isWhole: false, bytes: joined(pieces, limit - room) };
}

/** Returns a reader of the body of an answer, if it has one: a web stream, a Node stream, or else a text. */
export function bodyReader(response) {
  try {
    const { body } = response;
    if (typeof body?.getReader === "function") return body.getReader();
    if (typeof body?.[Symbol.asyncIterator] === "function") return iteratorReader(body);
    if (typeof response.text === "function") return textReader(() => response.text());
    if (typeof response.json !== "function") return undefined;
    return textReader(async () => JSON.stringify(await response.json()));
  } catch {
    // Somebody else is reading it.
    return undefined;
  }
}

function iteratorReader(body) {
  const pieces = body[Symbol.asyncIterator]();
  return {
    read: () => pieces.next(),
    // The iterator of a stalled Node stream responds only once the stream is destroyed.
    cancel: () => (typeof body.destroy === "function" ? body.destroy() : pieces.return?.()),
  };
}

function textReader(read) {
  let isRead = false;
  return {
    async read() {
      if (isRead) return { done: true };
      isRead = true;
      return { done: false, value: await read() };
    },
    cancel() {},
  };
}

/** Returns the bytes of a piece, which may be a view from another realm, or a text. */
function bytesOf(piece) {
  if (typeof piece === "string") return new TextEncoder().encode(piece);
  if (!ArrayBuffer.isView(piece)) throw new TypeError("no piece of a body");
  return new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
}

function joined(pieces, length) {
  if (pieces.length === 1) return pieces[0];
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
