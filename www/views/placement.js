/** Orders the elements of a list. One that stands in its place is not moved, because moving it would drop its focus. */
export class Placement {
  #list;
  #next;

  constructor(list) {
    this.#list = list;
  }

  /** Removes the elements that are not to be shown, and yields for each. */
  *drop(shownIds) {
    for (const element of [...this.#list.children]) {
      if (shownIds.has(element.dataset.id)) continue;
      element.remove();
      yield;
    }
  }

  /** Begins the order anew, at the first element. */
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
