import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { after, test } from "node:test";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { pack } from "./tarball.js";

const tarball = pack();
const bytes = new Uint8Array(readFileSync(tarball.path));
after(() => rmSync(tarball.folder, { recursive: true }));

test("publint finds nothing", async () => {
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

test("arethetypeswrong finds nothing, under every resolution", async () => {
  const { entrypoints, problems } = await checkPackage(createPackageFromTarballData(bytes));
  assert.ok("." in entrypoints);
  assert.deepEqual(problems, []);
});
