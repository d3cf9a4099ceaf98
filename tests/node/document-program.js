import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Child, spawnMarked } from "../cli/command-line.js";
import { ORGANIZATION, SOURCE, TOKEN } from "./sample.js";

/** From here, a program finds the package by its name. */
export const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** The code blocks of a document, in order. */
export async function codeBlocks(document) {
  const text = await readFile(new URL(`../../${document}`, import.meta.url), "utf8");
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => ({ language, code }));
}

/**
 * Starts a program of a document in its own process.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} code the code in the document. Its region is replaced, since the host cannot be reached
 * @param {{ endpoint: string }} emulator
 * @param {Record<string, string>} [env]
 */
export function startProgram(t, code, emulator, env) {
  const program = code.replace('region: "eu",', "endpoint: process.env.COVEO_ENDPOINT,");
  return startNode(t, ["--input-type=module", "--eval", program], {
    COVEO_ENDPOINT: emulator.endpoint,
    ...env,
  });
}

/** Starts Node with the settings that the documents name. */
export function startNode(t, args, env, cwd = REPOSITORY) {
  const settings = {
    ...process.env,
    COVEO_ORGANIZATION_ID: ORGANIZATION,
    COVEO_SOURCE_ID: SOURCE,
    COVEO_ACCESS_TOKEN: TOKEN,
    ...env,
  };
  const stdio = ["ignore", "pipe", "pipe"];
  return new Child(t, spawnMarked(process.execPath, args, { env: settings, cwd, stdio }));
}
