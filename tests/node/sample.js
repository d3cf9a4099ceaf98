/** The organization and source of the service's own documentation. */
export const ORGANIZATION = "mycoveocloudv2organizationg8tp8wu3";
export const SOURCE = "mycoveocloudv2organizationg8tp8wu3-rp5rxzbdz753uhndklv2ztkfgy";

/** Not a key of anybody: a text that is easily found where it must not be. */
export const TOKEN = "xx5eaf00d5-7e57-4c0d-9abe-0ddba11f00d5";

/** Sources of one organization, as many as are wanted. */
export function sources(count) {
  return Array.from({ length: count }, (_, index) => `source-${String(index).padStart(5, "0")}`);
}
