import { checkedChoice, checkedCount, checkedList, checkedRecord, checkedText } from "./checks.js";
import { checkedFault, FAULT_FIELDS } from "./fault.js";
import { OPERATION_NAMES } from "./operations.js";
import { seededRandom } from "./random.js";
import { STATUS_TYPES } from "./status-type.js";

/** Usual failures of a service. There is no stall among them: it would make each test wait for its timeout. */
const USUAL_FAULTS = [{ status: 429 }, { status: 500 }, { status: 503 }, { reset: true }];

/** Converts one name or several to a list. `undefined` means every operation. */
function checkedOperations(place, value) {
  if (value === undefined) return undefined;
  const names = [value].flat();
  if (names.length === 0) throw new TypeError(`${place} must not be empty`);
  for (const name of names) checkedChoice(place, name, OPERATION_NAMES);
  return names;
}

function checkedEntry(place, value) {
  const {
    operation,
    sourceId,
    statusType,
    times = 1,
    ...fault
  } = checkedRecord(place, value, [...FAULT_FIELDS, "operation", "sourceId", "statusType", "times"]);
  const operations = checkedOperations(`${place}.operation`, operation);
  if (sourceId !== undefined) checkedText(`${place}.sourceId`, sourceId);
  if (statusType !== undefined) checkedChoice(`${place}.statusType`, statusType, STATUS_TYPES);
  if (statusType !== undefined && !includes(operations, { operation: { name: "set-status" } })) {
    throw new TypeError(`${place}.statusType is met by the operation set-status alone`);
  }
  checkedCount(`${place}.times`, times);
  const which = { operation, sourceId, statusType };
  return { which, operations, remaining: times, fault: checkedFault(place, fault) };
}

function checkedSeed(seed) {
  if (typeof seed !== "string" && !Number.isFinite(seed)) {
    throw new TypeError("seed must be a number or a string");
  }
  return seed;
}

function checkedRate(rate) {
  if (typeof rate !== "number" || !(rate >= 0 && rate <= 1)) {
    throw new TypeError("rate must be a number from 0 to 1");
  }
  return rate;
}

function matches(wanted, actual) {
  return wanted === undefined || wanted === actual;
}

function includes(operations, { operation }) {
  return operations?.includes(operation.name) ?? true;
}

/** A copy without undefined members. */
function given(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Decides which calls fail, and how: first the scripted faults, then a random share. */
export class FaultPlan {
  #next = [];
  #random = null;

  /** Adds faults after those that are planned. All are checked before one is added. */
  failNext(...faults) {
    const place = (index) => (faults.length === 1 ? "fault" : `fault[${index}]`);
    this.#next.push(...faults.map((fault, index) => checkedEntry(place(index), fault)));
  }

  failRandomly(options) {
    const known = checkedRecord("the options", options, ["rate", "seed", "faults", "operation"]);
    const { rate, seed = 1, faults = USUAL_FAULTS, operation } = known;
    if (checkedList("faults", faults).length === 0) throw new TypeError("faults must not be empty");
    this.#random = {
      rate: checkedRate(rate),
      seed: checkedSeed(seed),
      operation,
      operations: checkedOperations("operation", operation),
      faults: faults.map((fault, index) => checkedFault(`faults[${index}]`, fault)),
      series: new Map(),
    };
  }

  clear() {
    this.#next = [];
    this.#random = null;
  }

  /** The planned faults, as they were given. */
  description() {
    return {
      next: this.#next.map(({ which, remaining, fault }) => ({
        ...fault.description,
        ...given(which),
        times: remaining,
      })),
      random: this.#random && {
        rate: this.#random.rate,
        seed: this.#random.seed,
        ...given({ operation: this.#random.operation }),
        faults: this.#random.faults.map(({ description }) => ({ ...description })),
      },
    };
  }

  /** Returns the fault that this call meets, or `null`. */
  take(call) {
    return this.#takeNext(call) ?? this.#drawRandom(call);
  }

  #takeNext(call) {
    const entry = this.#next.find(
      ({ which, operations }) =>
        includes(operations, call) &&
        matches(which.sourceId, call.sourceId) &&
        matches(which.statusType, call.statusType),
    );
    if (!entry) return null;
    entry.remaining -= 1;
    if (entry.remaining === 0) this.#next.splice(this.#next.indexOf(entry), 1);
    return entry.fault;
  }

  /**
   * Each source has its own series, which calls to other sources do not change. Calls about file containers, which are for no
   * source, share one.
   */
  #drawRandom(call) {
    if (!this.#random || !includes(this.#random.operations, call)) return null;
    const { sourceId = "" } = call;
    const { rate, seed, faults, series } = this.#random;
    if (!series.has(sourceId)) series.set(sourceId, seededRandom(`${seed}/${sourceId}`));
    const drawn = series.get(sourceId)();
    return drawn < rate ? faults[Math.floor((drawn / rate) * faults.length)] : null;
  }
}
