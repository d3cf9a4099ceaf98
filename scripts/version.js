import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./command.js";
import { root } from "./project.js";
import { script } from "./script.js";
import { commonVersion } from "./version/copies.js";

/** Fails where two places say different versions; with a tag, also where that is not the tag of a version to publish. */
await script(([tag]) => {
  const version = commonVersion();
  if (tag !== undefined) checkTag(tag, version);
  console.log(`version ${version}`);
});

function checkTag(tag, version) {
  if (tag !== `v${version}`) throw new Failure(`the tag is "${tag}", and the version ${version}`);
  const heading = `## [${version}]`;
  const headings = readFileSync(join(root, "CHANGELOG.md"), "utf8").split("\n");
  if (!headings.some((line) => line.startsWith(heading))) {
    throw new Failure(`CHANGELOG.md has no heading "${heading}"`);
  }
}
