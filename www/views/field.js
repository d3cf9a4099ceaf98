/** A form's control with a place beside it where what is wrong with its value is said. */
export class Field {
  #control;
  #error;

  /** @param {string} id of the control; what is wrong is said in the element `{id}-error` */
  constructor(id) {
    this.#control = document.getElementById(id);
    this.#error = document.getElementById(`${id}-error`);
    this.#control.addEventListener("input", () => this.accept());
  }

  get control() {
    return this.#control;
  }

  /** Pasted text often brings spaces or a line's end along. */
  get value() {
    return this.#control.value.trim();
  }

  set value(value) {
    this.#control.value = value;
    this.accept();
  }

  /** What its user calls it. */
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
