/** Times and durations as people read them. */
const timeOfDay = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

const preciseTimeOfDay = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
});

const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

export function time(at) {
  return timeOfDay.format(at);
}

export function preciseTime(at) {
  return preciseTimeOfDay.format(at);
}

/** Returns a time, with its day if that is not today. */
export function moment(at) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? `at ${time(at)}` : `on ${day.format(at)} at ${time(at)}`;
}

/** Returns the length of a request or a wait. */
export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return wholeSeconds(milliseconds);
}

/** Returns the rest of a wait, rounded up to seconds. */
export function countdown(milliseconds) {
  return wholeSeconds(Math.max(0, milliseconds));
}

/** Returns a time with its date and its zone, which means the same to every reader at any time. */
export function stamp(at) {
  const offset = -new Date(at).getTimezoneOffset();
  const local = new Date(at + offset * 60_000).toISOString().slice(0, -1);
  const digits = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${digits(offset / 60)}:${digits(offset % 60)}`;
}

/** Returns a length of time roughly, for a user who only looks now and then. */
export function lasting(milliseconds) {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return `${Math.max(0, Math.floor(milliseconds / 1000))} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return hours < 48 ? "1 day" : `${Math.floor(hours / 24)} days`;
}

function wholeSeconds(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
