import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProcessGroup } from "../process-group.js";

/** A browser that is started for each page, with an empty profile and without a driver. */
export class StartedBrowser {
  #command;

  /**
   * @param {string} version
   * @param {(profile: string, url: string) => { command: string[], env?: Record<string, string> }} command
   */
  constructor(version, command) {
    this.version = version;
    this.#command = command;
  }

  async open(url) {
    const profile = mkdtempSync(join(tmpdir(), "push-source-status-profile-"));
    const { command, env } = this.#command(profile, url);
    const browser = new ProcessGroup(command, { env: { ...process.env, ...env } });
    return {
      get output() {
        return [browser.output];
      },
      async close() {
        await browser.stop();
        rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
      },
    };
  }

  async close() {}
}
