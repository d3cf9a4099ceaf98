import { READINGS, recognise } from "../intake/recognition.js";
import { inSlices } from "../pace.js";
import { instantiate, partsOf } from "./template.js";

/** The number of lines that are shown: more than anybody reads. */
const LINES_SHOWN = 100;

/** Shows the sources found in a text before they are added, and lets the user choose another reading. */
export class IntakePreview {
  #dialog = document.getElementById("intake");
  #parts = partsOf(this.#dialog);

  constructor() {
    this.#parts.refuse.addEventListener("click", () => this.#dialog.close("refused"));
  }

  /**
   * @param {string} text
   * @param {(id: string) => string | undefined} problemWith
   * @returns {Promise<{ id: string, name: string }[] | null>} `null` if nothing is to be added
   * @throws {SyntaxError} if the text is not a list
   */
  async ask(text, problemWith) {
    const { isPlain, readings, read } = recognise(text);
    if (isPlain) return read(readings[0]);
    let entries;
    const { reading, confirm } = this.#parts;
    reading.replaceChildren(...readings.map((name) => new Option(READINGS[name], name)));
    reading.disabled = readings.length === 1;
    const show = async () => {
      entries = read(reading.value);
      await this.#show(entries, problemWith);
    };
    reading.onchange = show;
    await show();
    this.#dialog.returnValue = "refused";
    this.#dialog.showModal();
    confirm.focus();
    await new Promise((settle) => this.#dialog.addEventListener("close", settle, { once: true }));
    return this.#dialog.returnValue === "confirmed" ? entries : null;
  }

  async #show(entries, problemWith) {
    const { title, lines, more, refused, confirm } = this.#parts;
    const bad = new Set();
    await inSlices(entries, (entry) => problemWith(entry.id) !== undefined && bad.add(entry));
    const good = entries.length - bad.size;
    title.textContent = `${good === 1 ? "1 source was" : `${good.toLocaleString()} sources were`} recognised`;
    lines.replaceChildren(...entries.slice(0, LINES_SHOWN).map((entry) => lineOf(entry, bad.has(entry))));
    more.hidden = entries.length <= LINES_SHOWN;
    more.textContent = `and ${(entries.length - LINES_SHOWN).toLocaleString()} more`;
    refused.hidden = bad.size === 0;
    refused.textContent = `${bad.size} cannot be ${bad.size === 1 ? "an id, and stays" : "ids, and stay"} in the field to be mended.`;
    confirm.textContent = `Add ${good}`;
  }
}

function lineOf({ id, name }, isRefused) {
  const { root, parts } = instantiate("intake-line-template");
  root.classList.toggle("refused", isRefused);
  parts.id.textContent = id;
  parts.name.textContent = name;
  parts.problem.textContent = isRefused ? "cannot be an id" : "";
  return root;
}
