import { singles, text } from "../wasm/push_source_status_bg.wasm";
import { alphabet, characters } from "./alphabet.js";

/** The module's bytes; made when the first call needs them. */
export function bytes() {
  const byteOf = new Uint8Array(alphabet(singles));
  const places = new Uint8Array(128);
  for (const [place, character] of characters.entries()) places[character.charCodeAt(0)] = place;
  // Decoded where it stands: a byte is written with one character or two.
  const codes = new TextEncoder().encode(text);
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
