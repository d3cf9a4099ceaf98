/**
 * Holds the page's state. A state is replaced and never changed in place, so that a view detects a change to its part
 * by `===`. Data flows one way: something happens, the state is replaced, and the views that show it render again.
 */
export class Store {
  #state;
  #watches = [];
  #isScheduled = false;

  constructor(state) {
    this.#state = state;
  }

  get state() {
    return this.#state;
  }

  /** @param {(state: object) => object} transition */
  update(transition) {
    this.#state = transition(this.#state);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // Hundreds of events may come between two frames. The views show only the last state, and none while the tab is
    // hidden.
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      for (const look of this.#watches) look();
    });
  }

  /**
   * Renders now, and again whenever one of the selected values has been replaced.
   *
   * @param {(state: object) => unknown[]} select
   * @param {(...selected: unknown[]) => void} render
   */
  watch(select, render) {
    let shown = [];
    const look = () => {
      const selected = select(this.#state);
      if (selected.length === shown.length && selected.every((value, index) => value === shown[index]))
        return;
      shown = selected;
      render(...selected);
    };
    this.#watches.push(look);
    look();
  }
}
