import { singles, text } from "../wasm/push_source_status_bg.wasm";
import { alphabet, characters } from "./alphabet.js";

/** Decodes the module's bytes. */
export function bytes() {
  const byteOf = new Uint8Array(alphabet(singles));
  const places = new Uint8Array(128);
  for (const [place, character] of characters.entries()) places[character.charCodeAt(0)] = place;
  // The bytes overwrite their own text, which is never shorter: a byte takes one or two characters.
  const codes = new TextEncoder().encode(text());
  const firstOfPairs = singles.length;
  const pairs = characters.length;
  let length = 0;
  for (let index = 0; index < codes.length; index += 1) {
    let place = places[codes[index]];
    if (place >= firstOfPairs) {
      index += 1;
      place = firstOfPairs + (place - firstOfPairs) * pairs + places[codes[index]];
    }
    codes[length] = byteOf[place];
    length += 1;
  }
  return codes.subarray(0, length);
}
