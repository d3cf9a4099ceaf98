import { Failure } from "./command.js";
import { script } from "./script.js";
import { commonVersion, writeVersion } from "./version/copies.js";

/** SemVer as npm and Cargo both keep it: npm drops build metadata. */
const semver = /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-[\da-z-]+(\.[\da-z-]+)*)?$/i;

/** `npm run set-version -- 1.2.3` */
await script(([version = ""]) => {
  if (!semver.test(version)) throw new Failure(`"${version}" is no version; give one like 1.2.3`);
  writeVersion(version);
  console.log(`version ${commonVersion()}; give it a heading in CHANGELOG.md`);
});
