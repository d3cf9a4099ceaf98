const SOURCES = 1000;

/**
 * What a user does, done in the page by one click or input: whatever looks for an element by its name or text would
 * itself keep a page of a thousand rows busy.
 */
const acts = {
  click: (element) => element.click(),
  enter(element, value) {
    element.value = value;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  },
  paste(element, text) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  },
};

/** Each step of a day with a thousand sources, with what has to be seen before the next one: `[name, step]`. */
export function* stepsOfADay(page) {
  const act = (selector, kind, value) => page.locator(selector).evaluate(acts[kind], value);
  const until = async (selector, pattern) => {
    const isThere = (element, pattern) => new RegExp(pattern).test(element.textContent);
    while (!(await page.locator(selector).evaluate(isThere, pattern))) await page.waitForTimeout(50);
  };
  const narrow = async (part, value) => {
    await act(`#list-tools [data-part=${part}]`, "enter", value);
    await page.waitForTimeout(200);
  };

  const pressKind = async (kind) => {
    await act(`.kind[data-kind=${kind}]`, "click");
    await page.waitForTimeout(200);
  };

  const lines = Array.from({ length: SOURCES }, (_, index) => `source-${index} Name ${index % 7}`);
  yield [
    "pasting",
    async () => {
      await act("#source-ids", "paste", lines.join("\n"));
      await page.locator("#intake[open]").waitFor();
      await act("#intake [data-part=confirm]", "click");
      await until("#source-ids-note", "1000 added");
    },
  ];
  yield [
    "selecting all",
    async () => {
      await act("#selection [data-part=all]", "click");
      await until("#selection", "1000 selected of 1000");
    },
  ];
  yield ["narrowing by a text", () => narrow("text", "name 3")];
  yield ["narrowing by a kind", () => pressKind("unknown")];
  yield ["sorting", () => narrow("order", "name")];
  yield [
    "setting all, and cancelling",
    async () => {
      await narrow("text", "");
      await pressKind("all");
      await act("[name=status][value=INCREMENTAL]", "click");
      await act("#selection [data-part=set]", "click");
      await until("#bulk .outcome", "[2-9][0-9][0-9] of 1000 answered");
      await act("#bulk [data-part=cancelAll]", "click");
      await until("#bulk .outcome", "Cancelled: INCREMENTAL");
    },
  ];
  yield [
    "opening with what was kept",
    async () => {
      await page.reload();
      await until("#source-count", "1,000");
      await until("#source-list", "source-99");
    },
  ];
  yield [
    "removing all",
    async () => {
      await act("#selection [data-part=all]", "click");
      await act("#selection [data-part=remove]", "click");
      await act("#confirmation [data-part=confirm]", "click");
      await until("#source-count", "^$");
    },
  ];
}
