import { nameFrom } from "../sources-text.js";
import { partsOf } from "./template.js";

/** Asks for the user's name for a source. */
export class Naming {
  #dialog = document.getElementById("naming");
  #parts = partsOf(this.#dialog);

  constructor() {
    this.#parts.refuse.addEventListener("click", () => this.#dialog.close("refused"));
  }

  /** @returns {Promise<string | null>} `null` if the name is to stay */
  ask({ id, name }) {
    this.#parts.id.textContent = id;
    this.#parts.name.value = name;
    this.#dialog.returnValue = "refused";
    this.#dialog.showModal();
    this.#parts.name.select();
    return new Promise((settle) => {
      const isConfirmed = () => this.#dialog.returnValue === "confirmed";
      const onClose = () => settle(isConfirmed() ? nameFrom(this.#parts.name.value) : null);
      this.#dialog.addEventListener("close", onClose, { once: true });
    });
  }
}
