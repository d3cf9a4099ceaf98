import { typescriptVersions } from "../pins.js";

/** All with `strict`, `exactOptionalPropertyTypes` and without `skipLibCheck`; with Node's types alone, or a DOM's. */
const configurations = {
  "moduleResolution nodenext": "nodenext",
  "moduleResolution node16": "node16",
  "moduleResolution bundler": "bundler",
  "moduleResolution bundler, with a DOM": "dom",
};

/** TypeScript knows them since 5.0. */
const NEWER = ["bundler", "dom"];

function typescript(version) {
  const known = Object.entries(configurations).filter(
    ([, configuration]) => !version.startsWith("4.") || !NEWER.includes(configuration),
  );
  const check =
    (configuration) =>
    async ({ project }) =>
      project.run(["tsc", "--project", `types/tsconfig.${configuration}.json`]);
  return {
    name: "TypeScript",
    version,
    // The newest is what the repository itself is checked with.
    quick: version === typescriptVersions[0],
    contents: { packages: [`typescript@${version}`, "@types/node"], types: true },
    ways: Object.fromEntries(known.map(([way, configuration]) => [way, check(configuration)])),
  };
}

export const typescripts = typescriptVersions.map(typescript);
