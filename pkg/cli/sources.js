import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { parseSources } from "./sources-file.js";
import { isStandardInput } from "./standard-input.js";
import { UsageError } from "./usage-error.js";

/** The number of faulty lines that an error names. A list with more of them is probably the wrong file. */
const MOST_PROBLEMS = 20;

/**
 * Reads the sources of a command, without duplicates, in the order in which they are given.
 *
 * @returns {Promise<{ id: string, name?: string, origin: string }[]>}
 */
export async function readSources(flags, env) {
  const flagged = (flags.source ?? []).filter(Boolean).map((id) => ({ id, origin: "--source" }));
  const file = flags["sources-file"];
  const sources = file ? [...flagged, ...(await fromFile(file))] : flagged;
  if (sources.length === 0 && env.COVEO_SOURCE_ID) {
    sources.push({ id: env.COVEO_SOURCE_ID, origin: "COVEO_SOURCE_ID" });
  }
  if (sources.length === 0) throw new UsageError("no source: give --source ID, or set COVEO_SOURCE_ID");
  return withoutRepetition(sources);
}

/** Throws unless a client accepts the status and every source. The error names all invalid sources. */
export function checkSources(client, sources, statusType) {
  const problems = [];
  for (const { id, origin } of sources) {
    try {
      client.request(id, statusType);
    } catch (error) {
      if (error.argument !== "sourceId") throw error;
      problems.push(`${error.message} (from ${origin})`);
    }
  }
  if (problems.length === 0) return;
  const more = problems.splice(MOST_PROBLEMS).length;
  throw new UsageError([...problems, ...(more > 0 ? [`and ${more} more`] : [])].join("\n"));
}

async function fromFile(file) {
  const isInput = isStandardInput(file);
  const name = isInput ? "standard input" : file;
  const sources = parseSources(isInput ? await text(process.stdin) : contentOf(file), name);
  if (sources.length === 0) throw new UsageError(`there is no source in ${name}; it has an id on each line`);
  return sources;
}

function contentOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(
      `the sources file ${file} cannot be read (${error.code}); check its path and its mode`,
    );
  }
}

function withoutRepetition(sources) {
  const byId = new Map();
  for (const source of sources) if (!byId.has(source.id)) byId.set(source.id, source);
  return [...byId.values()];
}
