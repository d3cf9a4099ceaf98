/** Records what the emulator has answered: its planned faults and its activity log. */
export const emulatorSeen = (seen) => (state) => ({
  ...state,
  emulator: { ...state.emulator, problem: null, ...seen },
});

/** The faults that a user can choose, each in the form in which the emulator takes it. */
export const TROUBLES = {
  throttling: { status: 429 },
  errors: { status: 503 },
  stalls: { stall: true },
  resets: { reset: true },
};

export class Emulator {
  #store;
  #told = new Map();

  constructor(store) {
    this.#store = store;
  }

  /**
   * @param {string[]} kinds keys of `TROUBLES`
   * @param {number} rate the share of the calls that meet a fault
   */
  plan(kinds, rate) {
    if (kinds.length === 0) return this.#ask("faults", "faults", { method: "DELETE" });
    const faults = kinds.map((kind) => TROUBLES[kind]);
    const body = JSON.stringify({ random: { rate, faults, seed: Date.now() } });
    return this.#ask("faults", "faults", { method: "POST", body });
  }

  async read() {
    await this.#ask("faults", "faults");
    await this.#ask("activities", "activities");
  }

  async clearLog() {
    await this.#ask("log", null, { method: "DELETE" });
    await this.#ask("activities", "activities");
  }

  async #ask(resource, part, options) {
    const { connection } = this.#store.state;
    if (!connection?.isEmulator) return;
    try {
      const response = await fetch(new URL(`/emulator/${resource}`, connection.endpoint), options);
      if (!response.ok) throw new Error(`it answers ${response.status}`);
      const text = await response.text();
      // The page asks every second, and most answers repeat the one before.
      const isKnown = this.#told.get(part) === text && this.#store.state.emulator[part] !== null;
      if (part === null || isKnown) return;
      this.#told.set(part, text);
      this.#store.update(emulatorSeen({ [part]: JSON.parse(text) }));
    } catch (error) {
      this.#told.clear();
      this.#store.update(emulatorSeen({ problem: `The emulator cannot be asked: ${error.message}.` }));
    }
  }
}
