/** The emulator's own surface: what goes wrong there, and the activity log that it keeps as the service would. */
export const emulatorSeen = (seen) => (state) => ({
  ...state,
  emulator: { ...state.emulator, problem: null, ...seen },
});

/** The kinds of trouble that it can be in, each with what the emulator is told. */
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

  /** @param {string[]} kinds of `TROUBLES`, @param {number} rate the share of the calls that meet one of them */
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
      // It is asked every second, and mostly says the same again.
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
