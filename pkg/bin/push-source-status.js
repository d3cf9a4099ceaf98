#!/usr/bin/env node
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`push-source-status: needs Node 20.19 or later; this is ${process.version}`);
  process.exitCode = process.argv[2] === "run" ? 125 : 2;
} else {
  // Not imported above, where an older Node would stumble over the syntax before it says so.
  const { main } = await import("../dist/cli.js");
  await main(process.argv.slice(2), process.env);
}
