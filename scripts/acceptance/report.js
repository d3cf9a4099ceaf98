/** The answers of two services side by side, with their differences. */
export function compare(seen, expected) {
  return seen.map((answer, index) => ({ ...answer, differences: [...differences(answer, expected[index])] }));
}

/** Of the headers that a browser needs, only the presence is compared: each service has its own values. */
const browserHeaders = [
  "access-control-allow-origin",
  "access-control-allow-headers",
  "access-control-allow-methods",
];

function* differences(answer, expected) {
  for (const name of ["httpStatus", "errorCode"]) {
    if (answer[name] !== expected[name]) yield `${name} ${answer[name]}, not ${expected[name]}`;
  }
  for (const name of browserHeaders) {
    const [is, should] = [answer, expected].map(({ headers }) => Boolean(headers[name]));
    if (is !== should) yield `${is ? "with" : "without"} ${name}`;
  }
}

export function table(rows) {
  const width = Math.max(...rows.map(({ what }) => what.length));
  const line = ({ what, httpStatus, errorCode, elapsedMs, differences }) =>
    `${differences.length === 0 ? "agrees " : "DIFFERS"}  ${what.padEnd(width)}  ${httpStatus} ${errorCode ?? "-"}  ${elapsedMs} ms` +
    differences.map((difference) => `\n         ${difference}`).join("");
  return rows.map(line).join("\n");
}
