import { deleteDocument, deleteOldDocuments, pushBatch, putDocument } from "./document-calls.js";
import { createFile, uploadFile } from "./file-calls.js";
import { setStatus } from "./status-call.js";
import { addChunk, closeStream, mergeStream, openStream, updateStream } from "./stream-calls.js";

const organization = "/(?:push/)?v1/organizations/(?<organizationId>[^/]+)";
const source = `${organization}/sources/(?<sourceId>[^/]+)`;

/**
 * The emulated operations: name, method, path and function. The function returns the answer and `apply`, which makes the
 * change, or throws a `Refusal`.
 */
export const OPERATIONS = [
  ["set-status", "POST", `${source}/status`, setStatus],
  ["put-document", "PUT", `${source}/documents`, putDocument],
  ["delete-document", "DELETE", `${source}/documents`, deleteDocument],
  ["delete-old-documents", "DELETE", `${source}/documents/olderthan`, deleteOldDocuments],
  ["create-file", "POST", `${organization}/files`, createFile],
  ["upload-file", "PUT", "/file-containers/(?<fileId>[^/]+)", uploadFile],
  ["push-batch", "PUT", `${source}/documents/batch`, pushBatch],
  ["open-stream", "POST", `${source}/stream/open`, openStream],
  ["add-chunk", "POST", `${source}/stream/(?<streamId>[^/]+)/chunk`, addChunk],
  ["close-stream", "POST", `${source}/stream/(?<streamId>[^/]+)/close`, closeStream],
  ["update-stream", "PUT", `${source}/stream/update`, updateStream],
  ["merge-stream", "PUT", `${source}/stream/merge`, mergeStream],
].map(([name, method, path, perform]) => ({ name, method, path: new RegExp(`^${path}$`), perform }));

export const OPERATION_NAMES = OPERATIONS.map(({ name }) => name);
