import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

/** The size of a file, plain and compressed, in bytes. */
export function sizes(content) {
  return {
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, best).length,
  };
}

/** The total sizes of files, each compressed by itself, as a server does. */
export function sizesOfAll(contents) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const content of contents) {
    for (const [measure, bytes] of Object.entries(sizes(content))) sum[measure] += bytes;
  }
  return sum;
}
