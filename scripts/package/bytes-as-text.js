import { readFile } from "node:fs/promises";
import { alphabet, characters, PAIRS } from "../../pkg/lib/alphabet.js";

/**
 * An esbuild plug-in: an imported `.wasm` file is a string with one character for each of its frequent bytes, and two
 * for each other byte. Such a text keeps the alignment of the bytes, so it compresses nearly as well as the file. Base64 destroys
 * the alignment, and is a fifth larger. The text has no escapes, which compress badly. It has a line of its own even
 * in a minified bundle, since Node prints the whole line from which an uncaught error was thrown. Minifiers make one line of a
 * template, but not of a tagged one.
 */
export const bytesAsText = {
  name: "bytes-as-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
      const { singles, text } = encode(await readFile(path));
      return {
        contents: `export const singles = ${JSON.stringify(singles)};
          export const text = () => String.raw\`\n${text}\n\`.slice(1, -1);`,
        loader: "js",
      };
    });
  },
};

function encode(bytes) {
  const singles = frequent(bytes);
  const written = new Map();
  for (const [place, byte] of alphabet(singles).entries()) {
    const beyond = place - singles.length;
    const pair = [singles.length + Math.floor(beyond / characters.length), beyond % characters.length];
    written.set(byte, (beyond < 0 ? [place] : pair).map((code) => characters[code]).join(""));
  }
  return { singles, text: Array.from(bytes, (byte) => written.get(byte)).join("") };
}

/** The most frequent bytes, in the order of their characters. A byte that is a character keeps it, so that texts stay legible. */
function frequent(bytes) {
  const places = characters.length - PAIRS;
  const count = new Uint32Array(256);
  for (const byte of bytes) count[byte] += 1;
  const chosen = [...count.keys()].sort((one, other) => count[other] - count[one]).slice(0, places);
  const own = characters.slice(0, places).map((character) => character.charCodeAt(0));
  const foreign = chosen.filter((byte) => !own.includes(byte)).sort((one, other) => one - other);
  return own.map((byte) => (chosen.includes(byte) ? byte : foreign.shift()));
}
