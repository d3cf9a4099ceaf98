import text from "../wasm/push_source_status_bg.wasm";

/** The module's bytes, of which `text` holds one in each character; made when the first call needs them. */
export function bytes() {
  const decoded = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) decoded[index] = text.charCodeAt(index);
  return decoded;
}
