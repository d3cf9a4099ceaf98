/** Counts the tests that passed and failed, in the output of `cargo test`. */
export function cargoTally(output) {
  const lines = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm)];
  return {
    passed: sum(lines.map((line) => line[1])),
    failed: sum(lines.map((line) => line[2])),
  };
}

/** The same for the closing lines of `node --test`. */
export function nodeTally(output) {
  const count = (name) =>
    sum([...output.matchAll(new RegExp(`^ℹ ${name} (\\d+)$`, "gm"))].map((line) => line[1]));
  return { passed: count("pass"), failed: count("fail") + count("cancelled") };
}

function sum(texts) {
  return texts.reduce((total, text) => total + Number(text), 0);
}
