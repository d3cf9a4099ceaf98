import { typescriptVersions } from "../pins.js";

/** Options of the compiler: `strict`, `exactOptionalPropertyTypes`, no `skipLibCheck`; with Node's types, or with a DOM's. */
const configurations = {
  "moduleResolution nodenext": "nodenext",
  "moduleResolution node16": "node16",
  "moduleResolution bundler": "bundler",
  "moduleResolution bundler, with a DOM": "dom",
};

/** Available since TypeScript 5.0. */
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
    // The newest version is the one of this repository.
    quick: version === typescriptVersions[0],
    contents: { packages: [`typescript@${version}`, "@types/node"], types: true },
    ways: Object.fromEntries(known.map(([way, configuration]) => [way, check(configuration)])),
  };
}

export const typescripts = typescriptVersions.map(typescript);
