/**
 * A member of an object of somebody's, also an inherited one. What hangs on the object at the end of the chain of
 * prototypes is not read: somebody may have put it there for every object of the process.
 */
export function member(object, name) {
  let owner = object;
  while (owner !== null && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
  const isEveryones = owner !== null && owner !== object && Object.getPrototypeOf(owner) === null;
  return isEveryones ? undefined : object[name];
}
