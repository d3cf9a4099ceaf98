import { isRegion } from "../pkg/dist/index.js";

/** The file is optional: a plain folder of files needs none. */
const ADDRESS = "config.json";

const LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"];

/**
 * The content of `config.json` beside the page: organizations, each with its region and sources. Anyone who can read
 * the page can read this file, so it has no token. It has no endpoint either, because a file that others may write must
 * not decide where tokens go. Only the preset of `push-source-status page`, on the user's machine, may name one.
 *
 * ```json
 * { "organizations": [{ "organizationId": "…", "region": "eu", "sources": [{ "id": "…", "name": "…" }] }] }
 * ```
 */
export class PageConfiguration {
  #organizations;
  #preset;

  constructor(value) {
    this.#organizations = listOf(value?.organizations).filter(({ organizationId }) => isText(organizationId));
    this.#preset = LOOPBACK_HOSTS.includes(location.hostname) ? value?.preset : undefined;
  }

  static async load() {
    try {
      const response = await fetch(ADDRESS, { cache: "no-cache" });
      return new PageConfiguration(response.ok ? await response.json() : null);
    } catch {
      return new PageConfiguration(null);
    }
  }

  get organizationIds() {
    return this.#organizations.map(({ organizationId }) => organizationId);
  }

  /** The connection to begin with, `{ organizationId, region, endpoint }`; `null` unless exactly one is named. */
  get place() {
    if (isText(this.#preset?.organizationId)) return placeOf(this.#preset);
    return this.#organizations.length === 1 ? placeOf({ ...this.#organizations[0], endpoint: "" }) : null;
  }

  regionOf(organizationId) {
    const region = this.#of(organizationId)?.region;
    return isRegion(region) ? region : null;
  }

  sourcesOf(organizationId) {
    return listOf(this.#of(organizationId)?.sources)
      .filter(({ id }) => isText(id))
      .map(({ id, name }) => ({ id, name: isText(name) ? name : "" }));
  }

  #of(organizationId) {
    return this.#organizations.find((organization) => organization.organizationId === organizationId);
  }
}

function placeOf({ organizationId, region, endpoint }) {
  const hasEndpoint = isText(endpoint);
  const known = isRegion(region) ? region : "";
  return { organizationId, region: hasEndpoint ? "endpoint" : known, endpoint: hasEndpoint ? endpoint : "" };
}

function listOf(value) {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "object" && entry !== null) : [];
}

function isText(value) {
  return typeof value === "string" && value !== "";
}
