/** Copies one of the page's templates. Its parts are the elements with `data-part`, by that name. */
export function instantiate(templateId) {
  const { content } = document.getElementById(templateId);
  const root = content.firstElementChild.cloneNode(true);
  return { root, parts: partsOf(root) };
}

export function partsOf(root) {
  const elements = [...root.querySelectorAll("[data-part]")];
  return Object.fromEntries(elements.map((element) => [element.dataset.part, element]));
}

/** Writes only what differs: the same text again would cost layout, and drop what the user has selected. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
