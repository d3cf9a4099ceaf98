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

/** What all consumers share: the packed tarball, the service that they call, and the place to report to. */
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

  /** A new project with the package in it. */
  project(contents) {
    return projectWith(this.#tarball.path, contents);
  }

  /** Runs a program to its end; it finds endpoint and report address in its environment, and reports. */
  async run(project, command) {
    const { url, report } = this.#reports.expect();
    const { cwd, env } = project.surroundings;
    const told = { ...env, ENDPOINT: this.#emulator.endpoint, REPORT: url };
    const { status, output } = await capture(command, { cwd, env: told, timeout: ENDS_WITHIN_MS });
    if (status !== 0) throw new Error(`${command.join(" ")} (${status}): ${output}`);
    await judge(report, CHECKS, () => output);
  }

  /** Opens a page in Chromium or another browser; it finds the two in its query, and reports. */
  async visit(address, { browser = "Chromium", query = {}, names = CHECKS } = {}) {
    const { url, report } = this.#addressed(address, query);
    const visit = await (await this.#browsers.get(browser)).open(url);
    try {
      await judge(report, names, () => visit.said.join("\n"));
    } finally {
      await visit.close();
    }
  }

  /** Requests an address, without a browser, from a program that finds the two in the query, and reports. */
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
