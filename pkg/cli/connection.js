import { StatusClient } from "push-source-status";
import { clientOf } from "../env/client.js";
import { asUsage } from "./settings.js";

/** The settings and the token with which a command creates its clients. */
export class Connection {
  #settings;
  #token;

  /**
   * @param {ReturnType<typeof import("./settings.js").readSettings>} settings
   * @param {Awaited<ReturnType<typeof import("./access-token.js").readAccessToken>>} token
   */
  constructor(settings, token) {
    this.#settings = settings;
    this.#token = token;
  }

  /** Creates a client with additional options. */
  client(options = {}) {
    return asUsage(() => clientOf(this.#settings, this.#token, options));
  }

  /**
   * A function that returns whether there is a newer token than the one in use, or `undefined` if the token is fixed.
   */
  get isTokenRenewed() {
    return this.#token.isRenewed;
  }

  /** Returns what a person should know before a client sends anything. */
  notices(client) {
    return [this.#token.warning, this.hasPlace ? undefined : placeNotice(client)].filter(Boolean);
  }

  /** The presence of a region, an environment or an endpoint in the settings. */
  get hasPlace() {
    const { region, environment, endpoint } = this.#settings;
    return Boolean(region ?? environment ?? endpoint);
  }
}

/** Returns the organization and the endpoint of a client. */
export function placeOf(client) {
  const { url } = client.request("any-source", "IDLE");
  const [, endpoint, organizationId] = /^(.*)\/organizations\/([^/]+)\/sources\//.exec(url);
  return { organizationId, endpoint };
}

/** Returns whether an entry of a journal is of that organization and endpoint. */
export function isAt(place, { organizationId, endpoint }) {
  return organizationId === place.organizationId && endpoint === place.endpoint;
}

/** Returns the notice for a command without a region, an environment and an endpoint. */
export function placeNotice(client) {
  return `no region is set: requests go to ${new URL(placeOf(client).endpoint).host}`;
}

/** Returns the command with which a person can set sources to `IDLE`. */
export function repairCommand(client, sourceIds) {
  const sources = sourceIds.map((id) => `--source ${id}`).join(" ");
  return `push-source-status set IDLE ${sources} ${placeFlags(placeOf(client))}`;
}

/** Returns the flags that select an organization and its endpoint. */
export function placeFlags({ organizationId, endpoint }) {
  const insecure = isRefused({ organizationId, endpoint }) ? " --insecure-http" : "";
  return `--organization ${organizationId} --endpoint ${endpoint}${insecure}`;
}

/** Returns whether a client refuses an endpoint, for example plain http without `insecureHttp`. */
function isRefused(place) {
  try {
    new StatusClient({ ...place, accessToken: "none" }).free();
    return false;
  } catch {
    return true;
  }
}
