import { serveFolder } from "../../../pkg/cli/page/static-server.js";

const programs = [
  "api.js",
  "report.js",
  "browser.js",
  "index.html",
  "start-worker.js",
  "worker.html",
  "without-wasm.js",
  "without-wasm.html",
];

/** A strict policy. The page may connect to the emulator and to the address of its report. */
const policy = (scripts) =>
  [
    "default-src 'none'",
    `script-src 'self' ${scripts}`.trim(),
    "img-src data:",
    "connect-src http://127.0.0.1:*",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");

/** The checks without WebAssembly: three, and the first one again. */
const BLOCKED = ["new StatusClient", "statuses", "isStatusType", "statuses, again"];

function pagesIn(browser, { quick }) {
  const visit =
    (page, { headers, ...options } = {}) =>
    async ({ stage, project }) => {
      // The address of the file, as without a bundler.
      project.write("api.js", 'export * from "/node_modules/push-source-status/dist/index.js";\n');
      const site = await serveFolder(project.folder, { headers });
      try {
        await stage.visit(`${site.url}/${page}`, { browser, ...options });
      } finally {
        site.close();
      }
    };
  const policed = (page, scripts, options) =>
    visit(page, { headers: { "Content-Security-Policy": policy(scripts) }, ...options });
  const worker = (kind) => visit("worker.html", { query: { as: kind } });

  return {
    name: browser,
    version: (stage) => stage.browserVersion(browser),
    quick,
    contents: { programs },
    ways: {
      'page, <script type="module">': visit(""),
      "page, strict Content-Security-Policy with 'wasm-unsafe-eval'": policed("", "'wasm-unsafe-eval'"),
      "page, strict Content-Security-Policy without it: an error that names it": policed(
        "without-wasm.html",
        "",
        {
          names: BLOCKED,
        },
      ),
      Worker: worker("Worker"),
      SharedWorker: worker("SharedWorker"),
      ServiceWorker: worker("ServiceWorker"),
    },
  };
}

export const pages = [
  pagesIn("Chromium", { quick: true }),
  pagesIn("Firefox", { quick: false }),
  pagesIn("WebKit", { quick: false }),
];
