import { webKit, withDisplay } from "../../../scripts/toolchain/webkit.js";
import { ProcessGroup } from "../../everywhere/process-group.js";
import { freePort } from "../../faults/port.js";
import { DriverSilence } from "./driver-silence.js";

const WITHIN_MS = 30_000;

/** The name by which WebDriver marks a reference to an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/**
 * WebKit, driven by the driver of its GTK port.
 *
 * @returns {Promise<import("./engine.js").Engine>}
 */
export async function openWebKit() {
  const { command } = await webKit();
  const port = await freePort();
  const driver = new ProcessGroup([...withDisplay, "WebKitWebDriver", `--port=${port}`]);
  const origin = `http://127.0.0.1:${port}`;
  await driver.answers(`${origin}/status`);
  let isStopped = false;
  const browserOptions = { binary: command.at(-1), args: ["--automation"] };
  return {
    async open() {
      const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": browserOptions } };
      const { sessionId } = await ask(`${origin}/session`, "POST", { capabilities });
      const session = (path, body, method = "POST") =>
        ask(`${origin}/session/${sessionId}/${path}`, method, body);
      const execute = (run, argument) =>
        session("execute/sync", { script: `return (${run})(arguments[0])`, args: [argument ?? null] });
      return {
        goto: (url) => session("url", { url }),
        evaluate: execute,
        async find(find, argument) {
          const found = await execute(find, argument);
          return (
            found && {
              click: () => session(`element/${found[ELEMENT]}/click`, {}),
              type: (text) => session(`element/${found[ELEMENT]}/value`, { text }),
            }
          );
        },
        reload: () => session("refresh", {}),
        close: async () => isStopped || session("window", undefined, "DELETE"),
      };
    },
    close: () => {
      isStopped = true;
      return driver.stop();
    },
  };
}

/**
 * Sends a command of WebDriver.
 *
 * @throws {DriverSilence} if the driver is silent for longer than any command takes
 */
async function ask(url, method, body) {
  const signal = AbortSignal.timeout(WITHIN_MS);
  const response = await fetch(url, { method, body: body && JSON.stringify(body), signal }).catch((error) => {
    throw error.name === "TimeoutError" ? new DriverSilence(`${method} ${new URL(url).pathname}`) : error;
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
