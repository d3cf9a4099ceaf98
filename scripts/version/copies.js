import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../command.js";
import { readJson, root } from "../project.js";

/** The one place that says the version; `push-source-status --version` reads it there. */
const original = "pkg/package.json";

const locked = /(?<=^name = "push-source-status"\nversion = ")[^"]+/m;

/** The places that have to say the same, each with what stands before the version there. */
const copies = {
  "package-lock.json": /(?<="pkg": \{\s+"name": "push-source-status",\s+"version": ")[^"]+/,
  "Cargo.toml": /(?<=^version = ")[^"]+/m,
  "Cargo.lock": locked,
  "benches/core/Cargo.lock": locked,
  "benches/size/Cargo.lock": locked,
  "fuzz/Cargo.lock": locked,
};

/** The version, which every copy has to say too. */
export function commonVersion() {
  const { version } = readJson(join(root, original));
  for (const [file, pattern] of Object.entries(copies)) {
    const copy = pattern.exec(read(file))?.[0];
    if (copy !== version) {
      throw new Failure(
        `${file} says ${copy ?? "no version"}, and ${original} says ${version}: ` +
          `\`npm run set-version -- ${version}\` brings them together`,
      );
    }
  }
  return version;
}

/** Writes a version into each place. */
export function writeVersion(version) {
  for (const [file, pattern] of Object.entries({ [original]: /(?<=^ {2}"version": ")[^"]+/m, ...copies })) {
    const text = read(file);
    if (!pattern.test(text))
      throw new Failure(`${file} has no version where scripts/version/copies.js looks`);
    writeFileSync(join(root, file), text.replace(pattern, version));
  }
}

function read(file) {
  return readFileSync(join(root, file), "utf8");
}
