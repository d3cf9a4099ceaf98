import { printable } from "./terminal.js";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Returns a time in this machine's time zone, and how long ago it was. */
export function sinceText(at, now = Date.now()) {
  const date = new Date(at);
  const numbers = [
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  ];
  const [month, day, hours, minutes, seconds] = numbers.map((number) => `${number}`.padStart(2, "0"));
  const moment = `${date.getFullYear()}-${month}-${day} ${hours}:${minutes}:${seconds}`;
  return `since ${moment} (${ageText(now - at)})`;
}

function ageText(milliseconds) {
  if (milliseconds < 0) return "in the future, by this machine's clock";
  if (milliseconds < MINUTE_MS) return `${Math.floor(milliseconds / SECOND_MS)} s ago`;
  if (milliseconds < HOUR_MS) return `${Math.floor(milliseconds / MINUTE_MS)} min ago`;
  if (milliseconds < 2 * DAY_MS) return `${Math.floor(milliseconds / HOUR_MS)} h ago`;
  return `${Math.floor(milliseconds / DAY_MS)} days ago`;
}

/** Describes the owner of an entry, as far as its record names it. */
export function ownerText({ pid, host, group, name, isProgramAlone }) {
  const job = name === undefined ? "" : `, for the owner ${printable(name)}`;
  const program = group === undefined ? "" : ` ${group}`;
  if (isProgramAlone) return `program${program} on ${printable(host)}, left by process ${pid}${job}`;
  return `process ${pid} on ${printable(host)}${program && `, and its program${program}`}${job}`;
}
