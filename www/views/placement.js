/** Brings the elements of a list into an order, moving none that stands where it belongs: moving one drops its focus. */
export class Placement {
  #list;
  #next;

  constructor(list) {
    this.#list = list;
  }

  /** Takes out what is not to be shown; yields for each. */
  *drop(shownIds) {
    for (const element of [...this.#list.children]) {
      if (shownIds.has(element.dataset.id)) continue;
      element.remove();
      yield;
    }
  }

  /** From here on, elements are put in their order from the first on. */
  rewind() {
    this.#next = this.#list.firstElementChild;
  }

  /** @returns {boolean} whether it was moved */
  put(element) {
    if (element === this.#next) {
      this.#next = this.#next.nextElementSibling;
      return false;
    }
    const focused = element.contains(document.activeElement) ? document.activeElement : null;
    this.#list.insertBefore(element, this.#next);
    focused?.focus({ preventScroll: true });
    return true;
  }
}
