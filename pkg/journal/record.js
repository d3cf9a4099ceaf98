const VERSION = 1;

/** What may be in a record of a source that may be active; what is not understood must not be acted on. */
const ENTRY = {
  organizationId: isText,
  endpoint: isText,
  sourceId: isText,
  statusType: (value) => ["REBUILD", "REFRESH", "INCREMENTAL"].includes(value),
  kind: (value) => value === "activity" || value === "call",
  at: isTime,
};

/** Of a process. */
export const PROCESS = {
  pid: isId,
  startedAt: orNull(isText),
  group: orNull((value) => isObject(value) && isId(value.id) && orNull(isText)(value.startedAt)),
  boot: orNull(isText),
  host: isText,
  machine: orNull(isText),
  namespace: orNull(isText),
  name: orNull(isText),
  mark: (value) => value === undefined || value === null || isText(value),
};

const CLAIM = { sourceId: isText, since: isTime };

/** A record as text: of an entry, or of a claim. Nothing but what is known of them, so that no secret gets in. */
export function formatEntry(entry, owner) {
  return format({ entry: members(entry, ENTRY), owner });
}

/** Throws where the text is no record of an entry, or its owner is not of this shape. */
export function parseEntry(text, ownerShape) {
  const { entry, owner } = parse(text);
  return { entry: checked(entry, ENTRY, "entry"), owner: checked(owner, ownerShape, "owner") };
}

/** A claim that was given back has no owner. */
export function formatClaim(claim, owner) {
  return format({ claim: members(claim, CLAIM), owner });
}

export function parseClaim(text) {
  const { claim, owner } = parse(text);
  return {
    claim: checked(claim, CLAIM, "claim"),
    owner: owner === null ? null : checked(owner, PROCESS, "owner"),
  };
}

function format(record) {
  return `${JSON.stringify({ version: VERSION, ...record })}\n`;
}

function parse(text) {
  let record;
  try {
    record = JSON.parse(text);
  } catch {
    throw new Error("it is not a whole record");
  }
  if (!isObject(record) || !("version" in record)) throw new Error("it is not a record of a journal");
  if (record.version !== VERSION) {
    throw new Error(`it has version ${JSON.stringify(record.version)}, of which this package does not know`);
  }
  return record;
}

function checked(value, shape, name) {
  const isWhole = isObject(value) && Object.entries(shape).every(([key, isGood]) => isGood(value[key]));
  if (!isWhole) throw new Error(`its ${name} is not one`);
  return members(value, shape);
}

function members(value, shape) {
  return Object.fromEntries(Object.keys(shape).map((key) => [key, value[key]]));
}

function isObject(value) {
  return typeof value === "object" && value !== null;
}

function isText(value) {
  return typeof value === "string";
}

function isTime(value) {
  return Number.isFinite(value);
}

/** Of a process or a group. Zero and negative numbers mean something else to the system. */
function isId(value) {
  return Number.isSafeInteger(value) && value > 0;
}

function orNull(isGood) {
  return (value) => value === null || isGood(value);
}
