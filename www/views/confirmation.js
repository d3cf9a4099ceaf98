import { instantiate, partsOf } from "./template.js";

/** The number of names that are shown: more than anybody reads before an answer. */
const NAMED = 200;

/** Asks before an action that others would notice. Without a confirmation, nothing is done: Escape refuses too. */
export class Confirmation {
  #dialog = document.getElementById("confirmation");
  #parts = partsOf(this.#dialog);

  constructor() {
    const { refuse, confirm } = this.#parts;
    refuse.addEventListener("click", () => this.#dialog.close("refused"));
    confirm.addEventListener("click", () => this.#dialog.close("confirmed"));
  }

  /**
   * @param {{ title: string, texts: string[], items: { name: string, note: string }[], action: string }} caution
   * @returns {Promise<boolean>}
   */
  ask({ title, texts, items, action }) {
    const parts = this.#parts;
    parts.title.textContent = title;
    parts.text.textContent = texts.join("\n");
    parts.items.replaceChildren(...items.slice(0, NAMED).map(lineOf));
    parts.more.hidden = items.length <= NAMED;
    parts.more.textContent = `and ${items.length - NAMED} more`;
    parts.confirm.textContent = action;
    this.#dialog.returnValue = "refused";
    this.#dialog.showModal();
    return new Promise((settle) => {
      const onClose = () => settle(this.#dialog.returnValue === "confirmed");
      this.#dialog.addEventListener("close", onClose, { once: true });
    });
  }
}

function lineOf({ name, note }) {
  const { root, parts } = instantiate("confirmation-item-template");
  parts.name.textContent = name;
  parts.note.textContent = note;
  return root;
}
