import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { capture } from "../../scripts/command.js";
import { pack } from "../package/tarball.js";
import { Browsers } from "./browsers/browsers.js";
import { CHECKS } from "./conformance.js";
import { projectWith } from "./contents.js";
import { Reports } from "./reports.js";
import { judge } from "./verdict.js";

const ENDS_WITHIN_MS = 120_000;

/** The parts that all consumers share: the packed tarball, the emulator, and the server for reports. */
export class Stage {
  #tarball = pack();
  #project;
  #emulator;
  #reports;
  #browsers = new Browsers();

  static async open() {
    const stage = new Stage();
    stage.#project = projectWith(stage.#tarball.path);
    const require = createRequire(join(stage.#project.folder, "package.json"));
    stage.#emulator = await require("push-source-status/emulator").startEmulator({ control: true });
    stage.#reports = await Reports.open();
    return stage;
  }

  /** Makes a project with the package. */
  project(contents) {
    return projectWith(this.#tarball.path, contents);
  }

  /** Runs a program to its end. It finds the endpoint and the address for its report in its environment. */
  async run(project, command) {
    const { url, report } = this.#reports.expect();
    const { cwd, env } = project.surroundings;
    const environment = { ...env, ENDPOINT: this.#emulator.endpoint, REPORT: url };
    const { status, output } = await capture(command, { cwd, env: environment, timeout: ENDS_WITHIN_MS });
    if (status !== 0) throw new Error(`${command.join(" ")} (${status}): ${output}`);
    await judge(report, CHECKS, () => output);
  }

  /** Opens a page in Chromium or another browser. It finds the two addresses in its query. */
  async visit(address, { browser = "Chromium", query = {}, names = CHECKS } = {}) {
    const { url, report } = this.#addressed(address, query);
    const visit = await (await this.#browsers.get(browser)).open(url);
    try {
      await judge(report, names, () => visit.output.join("\n"));
    } finally {
      await visit.close();
    }
  }

  /** Requests an address without a browser. The server there finds the two addresses in the query. */
  async request(address) {
    const { url, report } = this.#addressed(address, {});
    const response = await fetch(url);
    const body = await response.text();
    if (!response.ok) throw new Error(`${response.status}: ${body}`);
    await judge(report, CHECKS, () => body);
  }

  #addressed(address, query) {
    const { url, report } = this.#reports.expect();
    const page = new URL(address);
    page.search = new URLSearchParams({ ...query, endpoint: this.#emulator.endpoint, report: url });
    return { url: page.href, report };
  }

  async browserVersion(name) {
    return (await this.#browsers.get(name)).version;
  }

  async close() {
    await this.#browsers.close();
    this.#reports.close();
    await this.#emulator.close();
    this.#project.remove();
    rmSync(this.#tarball.folder, { recursive: true });
  }
}
