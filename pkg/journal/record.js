const VERSION = 1;

/** The members of an entry, with their checks. Nobody may act on a record that is not understood. */
const ENTRY = {
  organizationId: isText,
  endpoint: isText,
  sourceId: isText,
  statusType: (value) => ["REBUILD", "REFRESH", "INCREMENTAL"].includes(value),
  kind: (value) => value === "activity" || value === "call",
  at: isTime,
};

/** The members of an owner that is a process. */
export const PROCESS = {
  pid: isId,
  startedAt: orNull(isText),
  group: orNull(isGroup),
  boot: orNull(isText),
  host: isText,
  machine: orNull(isText),
  namespace: orNull(isText),
  name: orNull(isText),
  mark: (value) => value === undefined || value === null || isText(value),
};

/** The purposes of a claim. Earlier versions wrote none. */
export const PURPOSES = ["work", "recovery"];

const CLAIM = {
  sourceId: isText,
  since: isTime,
  purpose: (value) => value === undefined || PURPOSES.includes(value),
};

/** Formats the record of an entry. It has known members alone, so that no secret gets in. */
export function formatEntry(entry, owner) {
  return format({ entry: members(entry, ENTRY), owner });
}

/** Parses the record of an entry. Throws if it is none, or if its owner has another shape. */
export function parseEntry(text, ownerShape) {
  const { entry, owner } = parse(text);
  return { entry: checked(entry, ENTRY, "entry"), owner: checked(owner, ownerShape, "owner") };
}

/** Formats the record of a claim. A released claim has no owner. */
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

/** The id of a process or group. To the system, zero and negative numbers have another meaning. */
function isId(value) {
  return Number.isSafeInteger(value) && value > 0;
}

function isGroup(value) {
  return (
    isObject(value) && isId(value.id) && orNull(isText)(value.startedAt) && orNull(isId)(value.shared ?? null)
  );
}

function orNull(isGood) {
  return (value) => value === null || isGood(value);
}
