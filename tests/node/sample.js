/** The organization and the source in the service's documentation. */
export const ORGANIZATION = "mycoveocloudv2organizationg8tp8wu3";
export const SOURCE = "mycoveocloudv2organizationg8tp8wu3-rp5rxzbdz753uhndklv2ztkfgy";

/** No real key, but a text that is easy to find where it must not be. */
export const TOKEN = "xx5eaf00d5-7e57-4c0d-9abe-0ddba11f00d5";

/** Makes ids of sources. */
export function sources(count) {
  return Array.from({ length: count }, (_, index) => `source-${String(index).padStart(5, "0")}`);
}
