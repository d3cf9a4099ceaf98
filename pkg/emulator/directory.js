import { checkedBoolean, checkedList, checkedRecord, checkedText } from "./checks.js";

/** The privilege that a status call needs. */
const PUSH = "push";

/** Reads a list of ids or objects into a map by id; `undefined` stands for "anything goes". */
function checkedEntries(place, list, checkedEntry) {
  if (list === undefined) return undefined;
  const entries = checkedList(place, list).map((entry, index) => checkedEntry(`${place}[${index}]`, entry));
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function checkedOrganization(place, entry) {
  if (typeof entry === "string") return { id: checkedText(place, entry), paused: false };
  const { id, paused = false } = checkedRecord(place, entry, ["id", "paused"]);
  return { id: checkedText(`${place}.id`, id), paused: checkedBoolean(`${place}.paused`, paused) };
}

function checkedSource(place, entry) {
  if (typeof entry === "string") return { id: checkedText(place, entry), push: true };
  const { id, push = true, organizationId } = checkedRecord(place, entry, ["id", "push", "organizationId"]);
  const source = { id: checkedText(`${place}.id`, id), push: checkedBoolean(`${place}.push`, push) };
  if (organizationId === undefined) return source;
  return { ...source, organizationId: checkedText(`${place}.organizationId`, organizationId) };
}

function checkedToken(place, entry) {
  if (typeof entry === "string") return { id: checkedText(place, entry), privileges: [PUSH] };
  const { token, privileges = [PUSH] } = checkedRecord(place, entry, ["token", "privileges"]);
  checkedList(`${place}.privileges`, privileges).forEach((privilege, index) => {
    checkedText(`${place}.privileges[${index}]`, privilege);
  });
  return { id: checkedText(`${place}.token`, token), privileges: [...privileges] };
}

/** What exists in the emulated service. What was not declared is not enforced: any id, any token will do. */
export class Directory {
  #organizations;
  #sources;
  #tokens;

  constructor({ organizations, sources, tokens }) {
    this.#organizations = checkedEntries("organizations", organizations, checkedOrganization);
    this.#sources = checkedEntries("sources", sources, checkedSource);
    this.#tokens = checkedEntries("tokens", tokens, checkedToken);
  }

  /** `{ paused }`, or `undefined` where there is no such organization. */
  organization(id) {
    return this.#organizations ? this.#organizations.get(id) : { paused: false };
  }

  /** `{ push }`, or `undefined` where the organization has no such source. */
  source(organizationId, id) {
    if (!this.#sources) return { push: true };
    const source = this.#sources.get(id);
    return (source?.organizationId ?? organizationId) === organizationId ? source : undefined;
  }

  /** `{ mayPush }`, or `undefined` where the token is not known. */
  key(token) {
    if (!this.#tokens) return { mayPush: true };
    const known = this.#tokens.get(token);
    return known && { mayPush: known.privileges.includes(PUSH) };
  }

  /** The declared tokens, for the mask alone. */
  tokens() {
    return [...(this.#tokens?.keys() ?? [])];
  }
}
