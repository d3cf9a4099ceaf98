/**
 * Returns a member of a foreign object, which may be inherited. Members of the last prototype of the chain are ignored:
 * somebody may have put them there for every object of the process.
 */
export function member(object, name) {
  let owner = object;
  while (owner !== null && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
  const isEveryones = owner !== null && owner !== object && Object.getPrototypeOf(owner) === null;
  return isEveryones ? undefined : object[name];
}
