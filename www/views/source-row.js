import * as knowledge from "./source-knowledge.js";
import { namePartsOf } from "./source-name.js";
import { statusBadge, statusInfo } from "./status-name.js";
import { instantiate, write } from "./template.js";
import { Timeline } from "./timeline.js";

let count = 0;

/** One source of the list: its name, what is known of it, and what can be done with it. */
export class SourceRow {
  #parts;
  #timeline;
  #source = null;
  #statusType;
  #isSelected = false;

  constructor(sourceId, organizationId) {
    const { root, parts } = instantiate("source-template");
    this.root = root;
    this.#parts = parts;
    this.#timeline = new Timeline(parts.timeline);
    root.dataset.id = sourceId;
    const name = namePartsOf(sourceId, organizationId);
    for (const part of ["before", "own", "after"]) parts[part].textContent = name[part];
    count += 1;
    parts.heading.id = `source-${count}`;
    for (const control of [parts.pick, parts.set, parts.cancel, parts.inspect, parts.rename, parts.remove])
      control.setAttribute("aria-describedby", parts.heading.id);
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
    if (source !== before) {
      this.#renderName(source.name);
      this.#renderKnowledge(source, before?.last);
      this.#renderBusyness(source.call);
      this.#timeline.render(source.history, span);
    }
    if (statusType !== this.#statusType) this.#renderChoice(statusType);
    if (source !== before) this.tick(throttledUntil, span, Date.now());
    return true;
  }

  /** What changes with time alone. */
  tick(throttledUntil, span, now) {
    const call = this.#source?.call;
    if (call) write(this.#parts.callText, knowledge.callText(call, throttledUntil, now));
    this.#timeline.tick(span, now);
  }

  focus() {
    this.#parts.remove.focus();
  }

  focusPick() {
    this.#parts.pick.focus();
  }

  #renderName(name) {
    const { given, heading } = this.#parts;
    write(given, name);
    heading.classList.toggle("named", name !== "");
  }

  #renderKnowledge(source, lastBefore) {
    const { last, doubt, failure } = source;
    const { mark, unknown, known, badge, lastSet, doubtful, failed, failureTitle, failureText } = this.#parts;
    this.root.dataset.mark = knowledge.markOf(source);
    mark.setAttribute("href", `marks.svg#${this.root.dataset.mark}`);

    unknown.hidden = last !== null;
    write(unknown, knowledge.NOT_KNOWN);
    known.hidden = last === null;
    if (last !== null && last !== lastBefore) {
      badge.replaceChildren(statusBadge(last.statusType));
      write(lastSet, knowledge.lastText(last));
    }

    // A failure says by itself what it leaves in doubt.
    doubtful.hidden = doubt === null || failure !== null;
    if (doubt !== null) write(doubtful, knowledge.doubtText(doubt));

    failed.hidden = failure === null;
    if (failure !== null) {
      write(failureTitle, knowledge.failureTitle(failure));
      write(failureText, knowledge.failureText(failure, source.id));
    }
  }

  #renderBusyness(call) {
    const { set, cancel, remove, call: line } = this.#parts;
    line.hidden = call === null;
    // Not `disabled`, which would drop the focus of whoever has just pressed the button.
    for (const button of [set, remove]) button.setAttribute("aria-disabled", String(call !== null));
    const hadFocus = document.activeElement === cancel;
    cancel.hidden = call === null || call.isBulk || call.isActivity;
    if (hadFocus && cancel.hidden) set.focus();
  }

  #renderChoice(statusType) {
    const { set, setType, setConsole } = this.#parts;
    this.#statusType = statusType;
    set.hidden = statusType === null;
    if (statusType === null) return;
    write(setType, `Set ${statusType}`);
    write(setConsole, statusInfo(statusType).consoleName);
  }
}
