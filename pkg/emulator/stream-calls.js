import { randomUUID } from "node:crypto";
import { jsonAnswer } from "./answer.js";
import { batchOf } from "./batch.js";
import { admitContentless, applyBatch, uploadedBatch } from "./document-calls.js";
import { containerDescription, FileContainers } from "./file-containers.js";
import { orderingIdOf } from "./parameters.js";
import { refuse } from "./refusal.js";

/** `POST …/stream/open`: a stream and its first file container. */
export function openStream(call, { directory, files, streams }) {
  admitContentless(call, directory);
  const { organizationId, sourceId } = call;
  const streamId = randomUUID();
  const container = FileContainers.made(call);
  return {
    answer: jsonAnswer(201, { streamId, ...containerDescription(container, call) }),
    apply: () => {
      files.add(container);
      streams.set(streamId, { organizationId, sourceId, containers: [container] });
    },
  };
}

function openStreamOf({ organizationId, sourceId, streamId }, streams) {
  const stream = streams.get(streamId);
  if (stream?.organizationId === organizationId && stream.sourceId === sourceId) return stream;
  return refuse(404, "the source has no open stream with this id");
}

/** `POST …/stream/{streamId}/chunk`: another file container. */
export function addChunk(call, { directory, files, streams }) {
  admitContentless(call, directory);
  const stream = openStreamOf(call, streams);
  const container = FileContainers.made(call);
  return {
    answer: jsonAnswer(201, containerDescription(container, call)),
    apply: () => {
      files.add(container);
      stream.containers.push(container);
    },
  };
}

/** `POST …/stream/{streamId}/close`: the streamed items replace all others of the source. */
export function closeStream(call, { directory, documents, files, streams }) {
  admitContentless(call, directory);
  const filled = openStreamOf(call, streams).containers.filter(({ bytes }) => bytes !== null);
  const batches = filled.map(({ fileId }) => batchOf(files.contents(fileId, call), call));
  return ordered(201, call, (orderingId) => {
    streams.delete(call.streamId);
    const holdings = documents.holdings(call.loggedSourceId);
    // The streamed items have the age of the deletion, so it does not remove them.
    for (const batch of batches) applyBatch(batch, holdings, orderingId);
    holdings.deleteOlderThan(orderingId);
  });
}

function ordered(httpStatus, call, apply) {
  const orderingId = orderingIdOf(call);
  return {
    answer: jsonAnswer(httpStatus, { orderingId, requestId: randomUUID() }),
    orderingId,
    apply: () => apply(orderingId),
  };
}

/** `PUT …/stream/update?fileId=…`: whole items. */
export function updateStream(call, state) {
  const batch = uploadedBatch(call, state);
  return ordered(202, call, (orderingId) => {
    applyBatch(batch, state.documents.holdings(call.loggedSourceId), orderingId);
  });
}

/** `PUT …/stream/merge?fileId=…`: some fields of items. */
export function mergeStream(call, state) {
  const { items, deletions } = uploadedBatch(call, state);
  return ordered(202, call, (orderingId) => {
    const holdings = state.documents.holdings(call.loggedSourceId);
    for (const item of items) holdings.merge(item, orderingId);
    for (const deletion of deletions) holdings.delete(deletion, orderingId);
  });
}
