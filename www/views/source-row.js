import * as knowledge from "./source-knowledge.js";
import { namePartsOf } from "./source-name.js";
import { statusBadge, statusName } from "./status-name.js";
import { instantiate, write } from "./template.js";

let count = 0;

/** One source of the list: its name, what is known of it, and what can be done with it. */
export class SourceRow {
  #parts;
  #source = null;
  #statusType = null;

  /**
   * @param {string} sourceId
   * @param {string} organizationId
   * @param {{ onSet(): void, onCancel(): void, onRemove(): void }} actions
   */
  constructor(sourceId, organizationId, { onSet, onCancel, onRemove }) {
    const { root, parts } = instantiate("source-template");
    this.root = root;
    this.#parts = parts;
    const name = namePartsOf(sourceId, organizationId);
    for (const part of ["before", "own", "after"]) parts[part].textContent = name[part];
    count += 1;
    parts.name.id = `source-${count}`;
    for (const button of [parts.set, parts.cancel, parts.remove]) {
      button.setAttribute("aria-describedby", parts.name.id);
    }
    parts.set.addEventListener("click", () => this.isBusy || onSet());
    parts.remove.addEventListener("click", () => this.isBusy || onRemove());
    parts.cancel.addEventListener("click", onCancel);
  }

  /** Whether a change is under way. What the row says of it changes with time alone. */
  get isBusy() {
    return this.#source !== null && this.#source.call !== null;
  }

  /** @param {{ statusType: string | null, throttledUntil: number }} page what is the same for all rows */
  render(source, { statusType, throttledUntil }) {
    const before = this.#source;
    this.#source = source;
    if (source !== before) {
      this.#renderKnowledge(source, before?.last);
      this.#renderBusyness(source.call);
    }
    if (statusType !== this.#statusType) this.#renderChoice(statusType);
    if (source !== before) this.tick(throttledUntil);
  }

  tick(throttledUntil) {
    const { call } = this.#source;
    if (call) write(this.#parts.callText, knowledge.callText(call, throttledUntil, Date.now()));
  }

  focus() {
    this.#parts.remove.focus();
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
    cancel.hidden = call === null || call.isBulk;
    if (hadFocus && cancel.hidden) set.focus();
  }

  #renderChoice(statusType) {
    const { set } = this.#parts;
    this.#statusType = statusType;
    set.hidden = statusType === null;
    if (statusType !== null) write(set, `Set ${statusName(statusType)}`);
  }
}
