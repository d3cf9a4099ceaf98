import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { Failure } from "../command.js";
import { pageFolder, root } from "../project.js";

const source = join(root, "www");

/** The files that the page links, and that are copied unchanged. */
const COPIED = ["README.md", "icon.svg", "marks.svg"];

/**
 * Writes the admin page as a few files that any web server can serve, below any path. It is the page of `www/`, with the
 * package in its script. It is minified, since nobody bundles it again.
 */
export async function writePage() {
  rmSync(pageFolder, { recursive: true, force: true });
  mkdirSync(pageFolder, { recursive: true });
  const index = readFileSync(join(source, "index.html"), "utf8");
  const sheets = [...index.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, path]) => path);
  await Promise.all([
    bundle({ entryPoints: [join(source, "page.js")], outfile: join(pageFolder, "page.js"), format: "esm" }),
    bundle({
      stdin: {
        contents: sheets.map((path) => `@import "./${path}";`).join("\n"),
        resolveDir: source,
        loader: "css",
      },
      outfile: join(pageFolder, "page.css"),
    }),
  ]);
  const [first, ...others] = sheets.map((path) => `    <link rel="stylesheet" href="${path}">\n`);
  const page = others.reduce((text, line) => text.replace(line, ""), index);
  writeFileSync(
    join(pageFolder, "index.html"),
    page.replace(first, '    <link rel="stylesheet" href="page.css">\n'),
  );
  for (const name of COPIED) copyFileSync(join(source, name), join(pageFolder, name));
}

async function bundle(options) {
  const { warnings } = await build({
    absWorkingDir: root,
    bundle: true,
    minify: true,
    charset: "utf8",
    target: "es2022",
    platform: "browser",
    logLevel: "warning",
    ...options,
  });
  if (warnings.length > 0) throw new Failure("esbuild warns about the admin page");
}
