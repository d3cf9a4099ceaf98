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

/** A time that may be of another day. */
export function moment(at) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? `at ${time(at)}` : `on ${day.format(at)} at ${time(at)}`;
}

/** How long something took or will take. */
export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return wholeSeconds(milliseconds);
}

/** What is left of a wait, counted down in seconds that have begun. */
export function countdown(milliseconds) {
  return wholeSeconds(Math.max(0, milliseconds));
}

function wholeSeconds(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
