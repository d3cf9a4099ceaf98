/** What the module hands over at every call. It would have to call the host for each array and each number in it. */
export const pair = (first, second) => [first, second];

export function add(agenda, act, key, first, second, third) {
  agenda.push([act, key, first, second, third]);
}
