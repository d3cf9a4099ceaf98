import { after, test } from "node:test";
import { Failure } from "../../../scripts/command.js";
import { DriverSilence } from "./driver-silence.js";
import { openFirefox } from "./firefox.js";
import { openWebKit } from "./webkit.js";

/**
 * @typedef {object} Browser a running browser
 * @property {() => Promise<Tab>} open opens a tab in a new profile
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Tab a tab, used by mouse and keyboard as a user would
 * @property {(url: string) => Promise<void>} goto
 * @property {(run: Function, argument?: unknown) => Promise<any>} evaluate
 * @property {(find: Function, argument?: unknown) => Promise<null | { click(): Promise<void>,
 *   type(text: string): Promise<void> }>} find resolves with the element that a function returns in the page
 * @property {() => Promise<void>} reload
 * @property {() => Promise<void>} close
 */

/** A browser and a tab, which tests share until one of them closes it. Opening a tab takes longer than most tests. */
export class Engine {
  #browser;
  #tab;

  static async launch(name) {
    const engine = new Engine();
    engine.#browser = await launches[name]();
    return engine;
  }

  async tab() {
    this.#tab ??= await this.#browser.open();
    return this.#tab;
  }

  async closeTab() {
    const tab = this.#tab;
    this.#tab = undefined;
    await tab?.close();
  }

  close() {
    return this.#browser.close();
  }
}

const launches = { Firefox: openFirefox, WebKit: openWebKit };

const TEST_TIMEOUT_MS = 180_000;

/** The number of restarts of the browser for one test whose driver has stopped answering. */
const LAUNCHES = 2;

/**
 * Starts a browser for the tests of a file, and prints a warning if it is missing.
 *
 * @param {keyof launches} name
 * @returns {Promise<(title: string, body: (engine: Engine, t: import("node:test").TestContext) => Promise<void>) => void>}
 *   a function that defines a test in it
 */
export async function engineTests(name) {
  let engine;
  let absence;
  try {
    engine = await Engine.launch(name);
  } catch (error) {
    if (process.env.CI || !(error instanceof Failure)) throw error;
    absence = error.message;
    console.error(`\n!!! ${absence}\n!!! Nothing was tested in ${name}.\n`);
  }
  after(() => engine?.close());
  return (title, body) =>
    test(`${name}: ${title}`, { skip: absence, timeout: TEST_TIMEOUT_MS }, async (t) => {
      for (let launchesLeft = LAUNCHES; ; launchesLeft -= 1) {
        try {
          return await body(engine, t);
        } catch (error) {
          // Between its silence and a restart, a driver's errors prove nothing either.
          const mayBeTheDriver = error instanceof DriverSilence || launchesLeft < LAUNCHES;
          if (!mayBeTheDriver || launchesLeft === 0) throw error;
          t.diagnostic(`${error.message}; the browser is started anew, and the test with it`);
          await engine.close();
          engine = await Engine.launch(name);
        }
      }
    });
}
