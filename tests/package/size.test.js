import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { sizes } from "../../scripts/size/compressed.js";
import { budget, download } from "../../scripts/size/download.js";
import { pack } from "./tarball.js";

test("what a browser downloads to set a status stays within its budget", async () => {
  const { brotli } = sizes(await download());
  assert.ok(brotli <= budget().brotli, `${brotli} bytes in brotli, of ${budget().brotli} allowed`);
});

test("the unpacked package stays within its budget", (t) => {
  const tarball = pack();
  t.after(() => rmSync(tarball.folder, { recursive: true }));
  const { unpackedSize } = tarball;
  assert.ok(unpackedSize <= budget().unpacked, `${unpackedSize} bytes, of ${budget().unpacked} allowed`);
});
