import { join } from "node:path";
import { capture, Failure } from "../command.js";
import { trim } from "../package/trim.js";
import { root } from "../project.js";

/** The largest functions of the WebAssembly module: `[name, bytes]`, largest first. */
export async function largestFunctions(env, count) {
  const out = join(root, "target", "size", "functions");
  await succeed(
    ["wasm-pack", "build", "--target", "web", "--release", "--no-pack", "--no-typescript", "--out-dir", out],
    env,
  );
  await trim(out, "push_source_status", { keepNames: true });
  const wasm = join(out, "push_source_status_bg.wasm");
  const metrics = await succeed(["wasm-opt", "--all-features", "--func-metrics", wasm, "-o", wasm], env);
  return [...metrics.matchAll(/^func: (.*)\n \[binary-bytes\] : (\d+)/gm)]
    .map(([, name, bytes]) => [name.replace(/::h[0-9a-f]{16}$/, ""), Number(bytes)])
    .sort(([, one], [, other]) => other - one)
    .slice(0, count);
}

async function succeed(command, env) {
  const { status, output } = await capture(command, { env });
  if (status !== 0) throw new Failure(`${output}\n${command[0]} failed (${status})`);
  return output;
}
