import { StatusClient } from "push-source-status";
import { clientOf } from "../env/client.js";
import { asUsage } from "./settings.js";

/** The settings and the token of a command, from which it makes its clients. */
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

  /** A client, with options beyond the settings. */
  client(options = {}) {
    return asUsage(() => clientOf(this.#settings, this.#token, options));
  }

  /** Whether there is another token by now than the one that was used; `undefined` where there never will be. */
  get isTokenRenewed() {
    return this.#token.isRenewed;
  }

  /** Whether anything says where the organization is. */
  get hasPlace() {
    const { region, environment, endpoint } = this.#settings;
    return Boolean(region ?? environment ?? endpoint);
  }
}

/** The endpoint that a client's requests go to. */
export function endpointOf(client) {
  const { url } = client.request("any-source", "IDLE");
  return url.slice(0, url.indexOf("/organizations/"));
}

/** What is said where nothing says where the organization is. */
export function placeNotice(client) {
  return `no region is set: requests go to ${new URL(endpointOf(client)).host}`;
}

/** The command that sets sources to IDLE, for whoever has to do it by hand. */
export function repairCommand(client, sourceIds) {
  const { url } = client.request(sourceIds[0], "IDLE");
  const [, organizationId] = /\/organizations\/([^/]+)\//.exec(url);
  const sources = sourceIds.map((id) => `--source ${id}`).join(" ");
  return `push-source-status set IDLE ${sources} ${placeFlags(organizationId, endpointOf(client))}`;
}

/** The flags by which a command finds an organization. */
export function placeFlags(organizationId, endpoint) {
  const insecure = isRefused(organizationId, endpoint) ? " --insecure-http" : "";
  return `--organization ${organizationId} --endpoint ${endpoint}${insecure}`;
}

/** Says whether a client refuses an endpoint, as it does with plain http unless `insecureHttp` is set. */
function isRefused(organizationId, endpoint) {
  try {
    new StatusClient({ organizationId, endpoint, accessToken: "none" }).free();
    return false;
  } catch {
    return true;
  }
}
