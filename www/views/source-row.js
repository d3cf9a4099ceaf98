import { activityOf, isPerhapsActive, MAY_BE_ACTIVE } from "../state/source.js";
import * as knowledge from "./source-knowledge.js";
import { namePartsOf } from "./source-name.js";
import { statusBadge, statusInfo } from "./status-name.js";
import { instantiate, write } from "./template.js";
import { Timeline } from "./timeline.js";

let count = 0;

/** A row of one source. Its details and its rarely used actions open on demand. */
export class SourceRow {
  #parts;
  #timeline;
  #source = null;
  #statusType;
  #badge;
  #offered;
  #isSelected = false;

  constructor(sourceId, organizationId) {
    const { root, parts } = instantiate("source-template");
    this.root = root;
    this.#parts = parts;
    this.#timeline = new Timeline(parts.timeline);
    root.dataset.id = sourceId;
    const name = namePartsOf(sourceId, organizationId);
    for (const part of ["before", "own", "after"]) parts[part].textContent = name[part];
    parts.heading.title = sourceId;
    count += 1;
    parts.details.id = `source-details-${count}`;
    parts.more.setAttribute("aria-controls", parts.details.id);
  }

  /**
   * @param {{ statusType: string | null, isSelected: boolean, throttledUntil: number, span: object }} look
   * @returns {boolean} whether anything had to be changed
   */
  render(source, { statusType, isSelected, throttledUntil, span }) {
    const before = this.#source;
    const isChanged = source !== before || statusType !== this.#statusType || isSelected !== this.#isSelected;
    if (!isChanged) return false;
    this.#source = source;
    this.#isSelected = isSelected;
    this.#parts.pick.checked = isSelected;
    this.root.classList.toggle("selected", isSelected);
    if (source.name !== before?.name) this.#renderName(source);
    if (source !== before) {
      this.#renderStanding(source);
      this.#renderKnowledge(source, before?.last);
      this.#renderBusyness(source.call);
      this.#timeline.render(source.history, span);
    }
    this.#renderOffer(source, statusType);
    if (source !== before) this.tick(throttledUntil, span, Date.now());
    return true;
  }

  /** Updates the texts that depend on the time. */
  tick(throttledUntil, span, now) {
    const { call } = this.#source;
    if (call) write(this.#parts.callText, knowledge.callText(call, throttledUntil, now));
    write(this.#parts.standing, knowledge.standingText(this.#source, now));
    this.#timeline.tick(span, now);
  }

  /** Shows or hides the details. */
  toggle() {
    const { more, details } = this.#parts;
    details.hidden = !details.hidden;
    more.setAttribute("aria-expanded", String(!details.hidden));
    this.root.classList.toggle("opened", !details.hidden);
  }

  focus() {
    this.#parts.more.focus();
  }

  focusPick() {
    this.#parts.pick.focus();
  }

  /** Names each control. The name begins with the control's visible text, and ends with its source. */
  #renderName({ id, name }) {
    const { given, heading, pick, cancel, more, inspect, rename, remove, idleSource, setSource } =
      this.#parts;
    write(given, name);
    heading.classList.toggle("named", name !== "");
    heading.setAttribute("aria-label", `${name} ${id}`.trim());
    const named = { Select: pick, Cancel: cancel, Details: more, "See the request": inspect, Rename: rename };
    for (const [what, control] of Object.entries({ ...named, "Remove from this list": remove }))
      control.setAttribute("aria-label", `${what}: ${name || id}`);
    for (const part of [idleSource, setSource]) write(part, `: ${name || id}`);
  }

  #renderStanding(source) {
    const { mark, badge, brief } = this.#parts;
    this.root.dataset.mark = knowledge.markOf(source);
    this.root.classList.toggle("in-doubt", activityOf(source) === MAY_BE_ACTIVE);
    mark.setAttribute("href", `marks.svg#${this.root.dataset.mark}`);
    const shown = knowledge.statusShown(source);
    if (shown !== this.#badge) {
      this.#badge = shown;
      badge.replaceChildren(...(shown === null ? [] : [statusBadge(shown)]));
    }
    brief.hidden = source.failure === null;
    if (source.failure !== null) write(brief, knowledge.failureBrief(source.failure));
  }

  #renderKnowledge(source, lastBefore) {
    const { last, failure } = source;
    const { unknown, known, lastStatus, lastSet, doubtful, failed, failureTitle, failureText } = this.#parts;
    unknown.hidden = activityOf(source) !== "unknown";
    write(unknown, knowledge.NOT_KNOWN);
    known.hidden = last === null;
    if (last !== null && last !== lastBefore) {
      lastStatus.replaceChildren(statusBadge(last.statusType));
      write(lastSet, knowledge.lastText(last));
    }
    const doubt = knowledge.doubtText(source);
    doubtful.hidden = doubt === null;
    if (doubt !== null) write(doubtful, doubt);
    failed.hidden = failure === null;
    if (failure !== null) {
      write(failureTitle, knowledge.failureTitle(failure));
      write(failureText, knowledge.failureText(failure, source.id));
    }
  }

  #renderBusyness(call) {
    const { set, idle, cancel, remove, call: line, brief } = this.#parts;
    line.hidden = call === null;
    this.root.classList.toggle("busy", call !== null);
    if (call !== null) brief.hidden = true;
    // `disabled` would drop the focus of a user who has just pressed the button.
    for (const button of [set, idle, remove]) button.setAttribute("aria-disabled", String(call !== null));
    const hadFocus = document.activeElement === cancel;
    cancel.hidden = call === null || call.isBulk || call.isActivity;
    if (hadFocus && cancel.hidden) (set.hidden ? idle : set).focus();
  }

  /** Offers IDLE first for a source that is active or may be, whatever status is chosen. */
  #renderOffer(source, statusType) {
    const { set, setType, setConsole, idle, idleType, idleConsole, more } = this.#parts;
    const offersIdle = source.call === null && isPerhapsActive(source) && statusType !== "IDLE";
    const offered = `${statusType} ${offersIdle}`;
    if (offered === this.#offered) return;
    this.#statusType = statusType;
    this.#offered = offered;
    const hadFocus = document.activeElement === idle;
    idle.hidden = !offersIdle;
    set.hidden = statusType === null;
    write(idleType, "Set IDLE");
    write(idleConsole, statusInfo("IDLE").consoleName);
    if (statusType !== null) {
      write(setType, `Set ${statusType}`);
      write(setConsole, statusInfo(statusType).consoleName);
    }
    if (hadFocus && idle.hidden) (set.hidden ? more : set).focus();
  }
}
