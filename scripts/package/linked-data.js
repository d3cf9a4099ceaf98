import { Failure } from "../command.js";

/** The parts of a module that are read here, by the WebAssembly core specification and the tool conventions' "Linking". */
const CUSTOM = 0;
const DATA = 11;
const SYMBOL_TABLE = 8;
const DATA_SYMBOL = 1;
const SECTION_SYMBOL = 3;
const UNDEFINED = 0x10;
const EXPLICIT_NAME = 0x40;

/** The relocations with an addend, and those of them that are addresses in the memory. */
const WITH_ADDEND = new Set([3, 4, 5, 8, 9, 11, 14, 15, 16, 17, 21, 22, 23, 25]);
const ADDRESSES = new Set([3, 4, 5]);

/** Numbers, texts and bytes of a module, one after the other. */
class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isAtEnd() {
    return this.at >= this.end;
  }

  byte() {
    this.at += 1;
    return this.bytes[this.at - 1];
  }

  /** A number in LEB128. */
  number(isSigned = false) {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = this.byte();
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    return isSigned && byte & 64 && shift < 32 ? value | (-1 << shift) : value;
  }

  text() {
    const length = this.number();
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at)).toString();
  }

  /** Passes over what begins with its length. */
  skip() {
    const length = this.number();
    this.at += length;
  }

  list(readOne) {
    return Array.from({ length: this.number() }, readOne);
  }
}

/** @yields {{ id: number, name?: string, from: number, start: number, end: number }} every section, from its header on */
function* sections(wasm) {
  for (const reader = new Reader(wasm, 8); !reader.isAtEnd; ) {
    const from = reader.at;
    const id = reader.byte();
    const end = reader.number() + reader.at;
    const name = id === CUSTOM ? reader.text() : undefined;
    yield { id, name, from, start: reader.at, end };
    reader.at = end;
  }
}

/** The one section that has this of an id or a name. */
function sectionOf(wasm, wanted) {
  const found = [...sections(wasm)].find(({ id, name }) => id === wanted || name === wanted);
  if (found === undefined)
    throw new Failure(`the linker left no section ${wanted}: see scripts/package/web-assembly.js`);
  return found;
}

/** Each segment's address in the memory, and where in the module its bytes are. */
function segments(wasm) {
  const reader = new Reader(wasm, sectionOf(wasm, DATA).start);
  return reader.list(() => {
    if (reader.number() !== 0 || reader.byte() !== 0x41)
      throw new Failure("a data segment has no fixed place");
    const address = reader.number(true);
    reader.byte();
    const length = reader.number();
    const start = reader.at;
    reader.at += length;
    return { address, start, end: reader.at };
  });
}

/** The symbols in their order; those of data with what they are made of. */
function symbols(wasm) {
  const { start, end } = sectionOf(wasm, "linking");
  const places = segments(wasm);
  const reader = new Reader(wasm, start, end);
  reader.number();
  while (reader.byte() !== SYMBOL_TABLE) reader.skip();
  reader.number();
  return reader.list(() => {
    const kind = reader.byte();
    const flags = reader.number();
    const isDefined = (flags & UNDEFINED) === 0;
    if (kind !== DATA_SYMBOL) {
      reader.number();
      if (kind !== SECTION_SYMBOL && (isDefined || flags & EXPLICIT_NAME)) reader.skip();
      return undefined;
    }
    reader.skip();
    if (!isDefined) return undefined;
    const segment = places[reader.number()];
    const offset = reader.number();
    const size = reader.number();
    return {
      address: segment.address + offset,
      end: segment.address + offset + size,
      start: segment.start + offset,
      addresses: new Set(),
      pointsTo: new Set(),
    };
  });
}

/** Every address that the linker wrote into a section: where, and of what. */
function addresses(wasm, name) {
  const { start, end } = sectionOf(wasm, name);
  const reader = new Reader(wasm, start, end);
  reader.number();
  return reader
    .list(() => {
      const kind = reader.byte();
      const offset = reader.number();
      const symbol = reader.number();
      return { kind, offset, symbol, addend: WITH_ADDEND.has(kind) ? reader.number(true) : 0 };
    })
    .filter(({ kind }) => ADDRESSES.has(kind));
}

/**
 * Every piece of data that the linker placed.
 *
 * @param {Uint8Array} wasm what the linker wrote, with its relocations
 * @returns {{ address: number, end: number, addresses: Set<number>, pointsTo: Set<object> }[]} from where to where in
 * the memory, by what addresses the code knows it, and what pieces it points to
 */
export function linkedData(wasm) {
  const known = symbols(wasm);
  const pieces = known.filter((piece) => piece !== undefined && piece.end > piece.address);
  for (const { symbol, addend } of addresses(wasm, "reloc.CODE")) {
    known[symbol]?.addresses.add(known[symbol].address + addend);
  }
  const data = sectionOf(wasm, DATA);
  for (const { offset, symbol } of addresses(wasm, "reloc.DATA")) {
    const place = data.start + offset;
    for (const piece of pieces) {
      const isInside = piece.start <= place && place < piece.start + piece.end - piece.address;
      if (isInside && known[symbol] !== undefined) piece.pointsTo.add(known[symbol]);
    }
  }
  return pieces;
}

/** The module without what the linker said of it, which is no longer true once anything was changed. */
export function withoutLinking(wasm) {
  const left = [...sections(wasm)].filter(({ name }) => !/^(linking|reloc\..*)$/.test(name ?? ""));
  return Buffer.concat([wasm.subarray(0, 8), ...left.map(({ from, end }) => wasm.subarray(from, end))]);
}

/**
 * The module with zeros in place of the data that its code knows by no address any more, directly or through other data.
 *
 * @param {Uint8Array} wasm
 * @param {ReturnType<typeof linkedData>} pieces
 * @param {Set<number>} constants every constant in the code
 */
export function withoutUnreachable(wasm, pieces, constants) {
  const isKnown = ({ address, end, addresses }) =>
    [...constants].some((constant) => addresses.has(constant) || (address <= constant && constant < end));
  const reached = new Set(pieces.filter(isKnown));
  for (const piece of reached) for (const other of piece.pointsTo) reached.add(other);
  // Pieces overlap: of two equal texts, the linker may have kept one.
  const kept = Buffer.from(wasm);
  const places = segments(wasm);
  for (const piece of pieces) for (const { from, to } of placesOf(piece, places)) kept.fill(0, from, to);
  for (const piece of reached) {
    for (const { from, to } of placesOf(piece, places)) kept.set(wasm.subarray(from, to), from);
  }
  return kept;
}

/** @yields {{ from: number, to: number }} where in the module a piece is, zeros that need not be there left out */
function* placesOf(piece, places) {
  for (const { address, start, end } of places) {
    const from = Math.max(start, start + piece.address - address);
    const to = Math.min(end, start + piece.end - address);
    if (from < to) yield { from, to };
  }
}
