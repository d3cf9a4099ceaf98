/**
 * Thenables that break the rules of promises. `make` takes the values to fulfil and to reject with, and a function that
 * calls the package again. The expectation is the outcome that `await` would give.
 */
export const HOWS = {
  "has a then that cannot be read": {
    expects: "failure",
    make: (_, broken) => thenable({ get: raise(broken) }),
  },
  "throws in its then": { expects: "failure", make: (_, broken) => thenable({ value: raise(broken) }) },
  "calls back at once": {
    expects: "value",
    make: (value) => thenable({ value: (fulfil) => fulfil(value) }),
  },
  "calls back at once with another one": {
    expects: "value",
    make: (value) => thenable({ value: (fulfil) => fulfil(thenable({ value: (fulfil) => fulfil(value) })) }),
  },
  "calls back with one that throws": {
    expects: "failure",
    make: (_, broken) => thenable({ value: (fulfil) => fulfil(thenable({ value: raise(broken) })) }),
  },
  "fulfils twice": {
    expects: "value",
    make: (value) =>
      thenable({
        value: (fulfil) => {
          fulfil(value);
          fulfil("a second time");
          setTimeout(fulfil, 5, "a third time");
        },
      }),
  },
  "fulfils, and rejects": {
    expects: "value",
    make: (value, broken) =>
      thenable({
        value: (fulfil, reject) => {
          fulfil(value);
          reject(broken);
          setTimeout(reject, 5, broken);
        },
      }),
  },
  "fulfils, and throws": {
    expects: "value",
    make: (value, broken) =>
      thenable({
        value: (fulfil) => {
          fulfil(value);
          throw broken;
        },
      }),
  },
  "rejects at once, and fulfils": {
    expects: "failure",
    make: (value, broken) =>
      thenable({
        value: (fulfil, reject) => {
          reject(broken);
          fulfil(value);
        },
      }),
  },
  "calls the package before it calls back": {
    expects: "value",
    make: (value, _, callAgain) =>
      thenable({
        value: (fulfil) => {
          callAgain();
          fulfil(value);
        },
      }),
  },
  "never calls back": { expects: "waits", make: () => thenable({ value: () => {} }) },
  "is a promise that never settles": { expects: "waits", make: () => new Promise(() => {}) },
  "is a promise of another kind": {
    expects: "value",
    make: (value) => new (class Foreign extends Promise {})((fulfil) => setTimeout(fulfil, 5, value)),
  },
  "is a promise whose constructor cannot be read": {
    expects: "failure",
    make: (value, broken) =>
      Object.defineProperty(Promise.resolve(value), "constructor", { get: raise(broken) }),
  },
  "is a promise of a kind that cannot be made": {
    expects: "failure",
    make: (value, broken) =>
      Object.defineProperty(Promise.resolve(value), "constructor", {
        value: {
          [Symbol.species]: function Unmakable() {
            throw broken;
          },
        },
      }),
  },
};

function thenable(then) {
  // biome-ignore lint/suspicious/noThenProperty: a misbehaving thenable is the subject of the test
  return Object.defineProperty({}, "then", then);
}

function raise(error) {
  return () => {
    throw error;
  };
}
