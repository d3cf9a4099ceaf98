/**
 * @typedef {object} Consumer a runtime, a bundler or a tool that has to work with the package
 * @property {string} name
 * @property {string | ((stage: import("./stage.js").Stage) => Promise<string>)} version
 * @property {boolean} quick is part of `npm test`
 * @property {import("./contents.js").Contents} contents of its project
 * @property {Record<string, (place: { stage: import("./stage.js").Stage, project: import("../package/project.js").Project })
 *   => Promise<void>>} ways its uses; each rejects if it does not work
 */

/**
 * Tries a consumer in each of its ways, one after another, in one project.
 *
 * @param {Consumer} consumer
 * @param {import("./stage.js").Stage} stage
 * @yields {{ name: string, version: string, way: string, failure: Error | null, elapsedMs: number }}
 */
export async function* trialsOf({ name, version, contents, ways }, stage) {
  let project;
  try {
    for (const [way, attempt] of Object.entries(ways)) {
      const startedAt = performance.now();
      const outcome = { name, version: "?", way, failure: null };
      try {
        outcome.version = typeof version === "function" ? await version(stage) : version;
        project ??= stage.project(contents);
        await attempt({ stage, project });
      } catch (error) {
        outcome.failure = error;
      }
      yield { ...outcome, elapsedMs: performance.now() - startedAt };
    }
  } finally {
    project?.remove();
  }
}
