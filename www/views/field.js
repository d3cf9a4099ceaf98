/** A form's control, with a place beside it for the problem with its value. */
export class Field {
  #control;
  #error;

  /** @param {string} id the id of the control; the element `{id}-error` shows the problem */
  constructor(id) {
    this.#control = document.getElementById(id);
    this.#error = document.getElementById(`${id}-error`);
    this.#control.addEventListener("input", () => this.accept());
  }

  get control() {
    return this.#control;
  }

  /** The value, without the spaces and line breaks that often come along with pasted text. */
  get value() {
    return this.#control.value.trim();
  }

  set value(value) {
    this.#control.value = value;
    this.accept();
  }

  /** The label that the user sees. */
  get label() {
    return this.#control.labels[0].textContent.trim();
  }

  refuse(message) {
    this.#error.textContent = message;
    this.#control.setAttribute("aria-invalid", "true");
  }

  accept() {
    this.#error.textContent = "";
    this.#control.removeAttribute("aria-invalid");
  }

  get isRefused() {
    return this.#control.getAttribute("aria-invalid") === "true";
  }

  focus() {
    this.#control.focus();
  }
}
