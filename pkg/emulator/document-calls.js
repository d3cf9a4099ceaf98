import { admitCaller, admitSource } from "./admission.js";
import { emptyAnswer } from "./answer.js";
import { batchOf } from "./batch.js";
import { requiredObject, requireNoContent } from "./body.js";
import { optionalChoice, optionalInteger, orderingIdOf, requiredText } from "./parameters.js";
import { refuse } from "./refusal.js";

const COMPRESSION_TYPES = ["UNCOMPRESSED", "DEFLATE", "GZIP", "LZMA", "ZLIB"];

/** Admits a call without content to a source. */
export function admitContentless(call, directory) {
  admitCaller(call, directory);
  requireNoContent(call);
  admitSource(call, directory);
}

function accepted(orderingId, apply) {
  return { answer: emptyAnswer(202), orderingId, apply };
}

/** `PUT …/documents?documentId=…`. */
export function putDocument(call, { directory, documents, files }) {
  admitCaller(call, directory);
  const content = requiredObject(call);
  admitSource(call, directory);
  const documentId = requiredText(call, "documentId");
  const orderingId = orderingIdOf(call);
  const compressionType = optionalChoice(call, "compressionType", COMPRESSION_TYPES);
  const { compressedBinaryDataFileId: fileId } = content;
  if (fileId !== undefined) files.contents(fileId, call);
  const item = { ...content, ...(compressionType && { compressionType }), documentId };
  return accepted(orderingId, () => documents.holdings(call.loggedSourceId).put(item, orderingId));
}

/** `DELETE …/documents?documentId=…`. */
export function deleteDocument(call, { directory, documents }) {
  admitContentless(call, directory);
  const documentId = requiredText(call, "documentId");
  const orderingId = orderingIdOf(call);
  const deleteChildren = optionalChoice(call, "deleteChildren", ["true", "false"]) === "true";
  return accepted(orderingId, () =>
    documents.holdings(call.loggedSourceId).delete({ documentId, deleteChildren }, orderingId),
  );
}

/** `DELETE …/documents/olderthan?orderingId=…`. It takes effect at once, whatever the delay. */
export function deleteOldDocuments(call, { directory, documents }) {
  admitContentless(call, directory);
  const orderingId = optionalInteger(call, "orderingId") ?? refuse(412, "orderingId must be given");
  optionalInteger(call, "queueDelay");
  return accepted(orderingId, () => documents.holdings(call.loggedSourceId).deleteOlderThan(orderingId));
}

/** Parses the batch in the container that the call names. */
export function uploadedBatch(call, { directory, files }) {
  admitContentless(call, directory);
  return batchOf(files.contents(requiredText(call, "fileId"), call), call);
}

/** Applies the items of a container, then its deletions. */
export function applyBatch({ items, deletions }, holdings, orderingId) {
  for (const item of items) holdings.put(item, orderingId);
  for (const deletion of deletions) holdings.delete(deletion, orderingId);
}

/** `PUT …/documents/batch?fileId=…`. */
export function pushBatch(call, state) {
  const batch = uploadedBatch(call, state);
  const orderingId = orderingIdOf(call);
  return accepted(orderingId, () => {
    applyBatch(batch, state.documents.holdings(call.loggedSourceId), orderingId);
  });
}
