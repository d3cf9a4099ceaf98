import { checkedBoolean, checkedList, checkedRecord, checkedText } from "./checks.js";

/** The privilege that a status call needs. */
const PUSH = "push";

/** Converts a list of ids or objects into a map by id. `undefined` means that every id exists. */
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

/** The organizations, sources and tokens of the emulated service. Without a declaration, every id and token is good. */
export class Directory {
  #organizations;
  #sources;
  #tokens;

  constructor({ organizations, sources, tokens }) {
    this.#organizations = checkedEntries("organizations", organizations, checkedOrganization);
    this.#sources = checkedEntries("sources", sources, checkedSource);
    this.#tokens = checkedEntries("tokens", tokens, checkedToken);
  }

  /** Returns `{ paused }`, or `undefined` for an unknown organization. */
  organization(id) {
    return this.#organizations ? this.#organizations.get(id) : { paused: false };
  }

  /** Returns `{ push }`, or `undefined` for an unknown source of the organization. */
  source(organizationId, id) {
    if (!this.#sources) return { push: true };
    const source = this.#sources.get(id);
    return (source?.organizationId ?? organizationId) === organizationId ? source : undefined;
  }

  /** Returns `{ mayPush }`, or `undefined` for an unknown token. */
  key(token) {
    if (!this.#tokens) return { mayPush: true };
    const known = this.#tokens.get(token);
    return known && { mayPush: known.privileges.includes(PUSH) };
  }

  /** The declared tokens, to mask them. */
  tokens() {
    return [...(this.#tokens?.keys() ?? [])];
  }
}
