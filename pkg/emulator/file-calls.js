import { admitCaller } from "./admission.js";
import { emptyAnswer, jsonAnswer, xmlAnswer } from "./answer.js";
import { requireNoContent } from "./body.js";
import { containerDescription, FileContainers, REQUIRED_HEADERS } from "./file-containers.js";
import { optionalChoice } from "./parameters.js";
import { Refusal } from "./refusal.js";

/** `POST …/files`. */
export function createFile(call, { directory, files }) {
  admitCaller(call, directory);
  requireNoContent(call);
  optionalChoice(call, "useVirtualHostedStyleUrl", ["true", "false"]);
  const container = FileContainers.made(call);
  return {
    answer: jsonAnswer(201, containerDescription(container, call)),
    apply: () => files.add(container),
  };
}

/** The file containers belong to another service than the Push API. It answers in XML. */
function refuseUpload(httpStatus, code, message) {
  throw new Refusal(
    xmlAnswer(httpStatus, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`),
  );
}

/** `PUT {uploadUri}`: needs the headers that the signature in the address covers, and no `Authorization`. */
export function uploadFile(call, { files }) {
  const { fileId, query, headers, body, at } = call;
  const container = files.find(fileId);
  if (!container || query.get("X-Amz-Signature") !== container.signature) {
    refuseUpload(403, "SignatureDoesNotMatch", "the uploadUri is not as it was given");
  }
  if (headers.authorization !== undefined) {
    refuseUpload(400, "InvalidArgument", "the uploadUri is signed: no Authorization header beside it");
  }
  if (at >= container.expiresAt) refuseUpload(403, "AccessDenied", "the file container has expired");
  for (const [name, value] of Object.entries(REQUIRED_HEADERS)) {
    if (headers[name.toLowerCase()] !== value) {
      refuseUpload(403, "SignatureDoesNotMatch", `the header ${name} must be ${value}`);
    }
  }
  if (body.truncated) refuseUpload(413, "EntityTooLarge", "a file container takes 256 MB at most");
  return {
    answer: emptyAnswer(200),
    apply: () => {
      container.bytes = body.bytes;
    },
  };
}
