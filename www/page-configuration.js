import { isRegion } from "../pkg/dist/index.js";

/** A folder of files has none, and that is well. */
const ADDRESS = "config.json";

const LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"];

/**
 * What stands in `config.json` beside the page: organizations, each with its region and sources. Whoever reads the page
 * reads it too. There is no token in it, and no endpoint: a file that others may write must not say where tokens go. What
 * `push-source-status page` presets on one's own machine may name one.
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

  /** Where to begin, `{ organizationId, region, endpoint }`; `null` where nothing, or more than one thing, is named. */
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
