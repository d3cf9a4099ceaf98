import { partsOf } from "./template.js";

/** Asks before something is done that others would feel. What is not confirmed is not done: Escape, too, says no. */
export class Confirmation {
  #dialog = document.getElementById("confirmation");
  #parts = partsOf(this.#dialog);

  constructor() {
    const { refuse, confirm } = this.#parts;
    refuse.addEventListener("click", () => this.#dialog.close("refused"));
    confirm.addEventListener("click", () => this.#dialog.close("confirmed"));
  }

  /**
   * @param {{ title: string, text: string, action: string }} caution
   * @returns {Promise<boolean>}
   */
  ask({ title, text, action }) {
    const parts = this.#parts;
    parts.title.textContent = title;
    parts.text.textContent = text;
    parts.confirm.textContent = action;
    this.#dialog.returnValue = "refused";
    this.#dialog.showModal();
    return new Promise((settle) => {
      const onClose = () => settle(this.#dialog.returnValue === "confirmed");
      this.#dialog.addEventListener("close", onClose, { once: true });
    });
  }
}
