import { moment } from "./clock.js";
import { statusName } from "./status-name.js";
import { instantiate, write } from "./template.js";

const SVG = "http://www.w3.org/2000/svg";
const MINUTE = 60_000;

/** The spans of time that timelines can show. All timelines share one, so that they can be compared. */
const SPANS = [
  { milliseconds: 5 * MINUTE, name: "5 min" },
  { milliseconds: 15 * MINUTE, name: "15 min" },
  { milliseconds: 60 * MINUTE, name: "1 h" },
  { milliseconds: 6 * 60 * MINUTE, name: "6 h" },
  { milliseconds: 24 * 60 * MINUTE, name: "1 day" },
  { milliseconds: 7 * 24 * 60 * MINUTE, name: "1 week" },
];

/** The origin of the drawing, whose numbers are too coarse for milliseconds since 1970. */
const ORIGIN = Date.now();

/** The end of the last status, which lasts until further notice. */
const FURTHER_NOTICE = 1e9;

/** Returns the shortest span in which a timeline shows everything known, or else the longest one. */
export function spanFor(sources, now) {
  let earliest = now;
  for (const { history } of sources) earliest = Math.min(earliest, history[0]?.at ?? now);
  return SPANS.find(({ milliseconds }) => now - earliest < milliseconds) ?? SPANS.at(-1);
}

/**
 * A drawing of when a source was active, with which status, and when idle, as far as this browser set it. The drawing
 * stands still, and the window onto it moves as time goes by.
 */
export class Timeline {
  #place;
  #parts = null;
  #history = null;

  /** @param {Element} place the element in which it appears as soon as there is something to draw */
  constructor(place) {
    this.#place = place;
  }

  render(history) {
    if (history === this.#history) return;
    this.#history = history;
    this.#place.hidden = history.length === 0;
    if (history.length === 0) return;
    if (this.#parts === null) {
      const { root, parts } = instantiate("timeline-template");
      this.#parts = parts;
      this.#place.append(root);
    }
    const { strip } = this.#parts;
    strip.replaceChildren(...history.map((change, index) => bar(change, history[index + 1])));
    strip.setAttribute("aria-label", history.slice(-3).map(saidOf).join(", "));
  }

  tick({ milliseconds, name }, now) {
    if (this.#parts === null) return;
    const width = milliseconds / 1000;
    this.#parts.strip.setAttribute("viewBox", `${((now - ORIGIN) / 1000 - width).toFixed(1)} 0 ${width} 10`);
    write(this.#parts.from, `−${name}`);
  }
}

function bar({ statusType, at }, next) {
  const rect = document.createElementNS(SVG, "rect");
  const from = (at - ORIGIN) / 1000;
  const width = next ? (next.at - at) / 1000 : FURTHER_NOTICE;
  const isIdle = statusType === "IDLE";
  const attributes = { x: from, width, y: isIdle ? 4 : 1, height: isIdle ? 2 : 8, class: statusType };
  for (const [name, value] of Object.entries(attributes)) rect.setAttribute(name, value);
  const title = document.createElementNS(SVG, "title");
  const until = next ? ` to ${moment(next.at)}` : "";
  title.textContent = `${statusName(statusType)}, ${moment(at)}${until}`;
  rect.append(title);
  return rect;
}

function saidOf({ statusType, at }) {
  return `${statusName(statusType)} ${moment(at)}`;
}
