import { join } from "node:path";
import { capture, Failure } from "../command.js";
import { compile } from "../package/web-assembly.js";
import { root } from "../project.js";

/** The largest functions of the WebAssembly module: `[name, bytes]`, largest first. */
export async function largestFunctions(env, count) {
  const out = join(root, "target", "size", "functions");
  await compile(env, out, { profile: "profiling" });
  const wasm = join(out, "push_source_status_bg.wasm");
  const { status, output } = await capture(["wasm-opt", "--all-features", "--func-metrics", wasm], { env });
  if (status !== 0) throw new Failure(`${output}\nwasm-opt failed (${status})`);
  return [...output.matchAll(/^func: (.*)\n \[binary-bytes\] : (\d+)/gm)]
    .map(([, name, bytes]) => [name.replace(/::h[0-9a-f]{16}$/, ""), Number(bytes)])
    .sort(([, one], [, other]) => other - one)
    .slice(0, count);
}
