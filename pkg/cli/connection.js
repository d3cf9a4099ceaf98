import { StatusClient, StatusError } from "push-source-status";
import { UsageError } from "./usage-error.js";

/** What clients are made of: the settings, checked, and the token. */
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
    // A token that comes from a function is looked at when it is sent, which would be late.
    this.#made({ accessToken: token.first }).free();
  }

  /** A client, with options beyond the settings. */
  client(options = {}) {
    return this.#made({ accessToken: this.#token.accessToken, ...options });
  }

  /** Whether anything says where the organization is. */
  get hasPlace() {
    return Boolean(this.#settings.region ?? this.#settings.endpoint);
  }

  #made(options) {
    const { organizationId, region, endpoint } = this.#settings;
    const origins = { organizationId, region, endpoint, accessToken: this.#token };
    try {
      return new StatusClient({
        organizationId: organizationId.value,
        region: region?.value,
        endpoint: endpoint?.value,
        ...options,
      });
    } catch (error) {
      const origin = error instanceof StatusError ? origins[error.argument]?.origin : undefined;
      throw origin ? new UsageError(`${error.message} (from ${origin})`) : error;
    }
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
  const place = `--organization ${organizationId} --endpoint ${endpointOf(client)}`;
  return `push-source-status set IDLE ${sources} ${place}`;
}
