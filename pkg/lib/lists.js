/** Functions that build values for the module. Otherwise it would call the host for each number and each member. */
export const pair = (first, second) => [first, second];

export const update = (sourceId, statusType, httpStatus, attempts, elapsedMs) => ({
  sourceId,
  statusType,
  httpStatus,
  attempts,
  elapsedMs,
});

export function add(agenda, act, key, first, second, third) {
  agenda.push([act, key, first, second, third]);
}
