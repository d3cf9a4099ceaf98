import { after, test } from "node:test";
import { Failure } from "../../../scripts/command.js";
import { consumers } from "../consumers.js";
import { Stage } from "../stage.js";
import { trialsOf } from "../trials.js";

const stage = await Stage.open();
after(() => stage.close());

for (const consumer of consumers.filter(({ quick }) => quick)) {
  const { name, version } = consumer;
  test(`it works in ${typeof version === "string" ? `${name} ${version}` : name}`, async (t) => {
    for await (const { way, failure } of trialsOf(consumer, stage)) {
      await t.test(way, (t) => {
        // A user may lack a browser. CI may not.
        if (failure instanceof Failure && !process.env.CI) t.skip(failure.message);
        else if (failure) throw failure;
      });
    }
  });
}
