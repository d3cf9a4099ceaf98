import assert from "node:assert/strict";

/** Compares the service's requests for each source with the client's result. */
export class Ledger {
  #requests = new Map();
  retried = 0;

  note({ sourceId, statusType, httpStatus, applied }) {
    const before = this.#requests.get(sourceId) ?? [];
    this.#requests.set(sourceId, [...before, { statusType, httpStatus, applied }]);
  }

  check({ sourceId, statusType }, result) {
    const requests = this.#requests.get(sourceId) ?? [];
    this.#requests.delete(sourceId);
    const told = `${sourceId}: ${JSON.stringify(requests)} but ${JSON.stringify(result)}`;
    assert.ok(
      requests.every((request) => request.statusType === statusType),
      told,
    );
    const { attempts } = result.ok ? result.update : result.error;
    assert.equal(requests.length, attempts, told);
    assert.equal(result.ok, requests.at(-1)?.httpStatus === 201, told);
    if (!result.ok) {
      // A retry cures every other failure.
      assert.equal(result.error.httpStatus, 404, told);
      const mayBeApplied = requests.some(
        ({ httpStatus }) => httpStatus !== 404 && ![429, 503].includes(httpStatus),
      );
      assert.equal(result.error.outcome, mayBeApplied ? "unknown" : "not_applied", told);
    }
    this.retried += attempts - 1;
  }
}
