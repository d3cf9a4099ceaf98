import { isRegion, StatusClient, StatusError } from "../../pkg/dist/index.js";
import { Field } from "./field.js";

const CHOOSE_REGION = "Choose where the organization is deployed: another region does not know its sources.";

/** The emulator requires a token, and accepts any. */
const EMULATOR_TOKEN = "any-token-is-good-here";

/** Asks for what a connection needs, and shows at each field what is wrong with it. */
export class ConnectionForm {
  #session;
  #section = document.getElementById("connection");
  #endpointRow = document.getElementById("endpoint-field");
  #formError = document.getElementById("connection-error");
  /** The fields, by the names of the client's options, in the order of the form. */
  #fields = {
    organizationId: new Field("organization"),
    region: new Field("region"),
    endpoint: new Field("endpoint"),
    accessToken: new Field("token"),
  };
  #emulator;

  #keeper;
  #isTouched = false;
  #first;

  constructor({ store, session, keeper }) {
    this.#session = session;
    this.#keeper = keeper;
    this.#section.addEventListener("input", () => {
      this.#isTouched = true;
    });
    const { region, accessToken } = this.#fields;
    this.preset(keeper.latest);
    region.control.addEventListener("change", () => this.#offerEndpoint());
    document.getElementById("connection-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#connect();
    });
    store.watch(
      (state) => [state.connection === null],
      (isAsking) => {
        this.#section.hidden = !isAsking;
        // The client has the token now, and the page keeps no copy of it.
        if (!isAsking) accessToken.value = "";
        else if (store.state.subject !== null) (this.#first ?? accessToken).focus();
        this.#first = undefined;
      },
    );
  }

  /** Connects to the emulator that the page's address names. Its values stay in the form for the next connection. */
  connectToEmulator({ organizationId, endpoint }) {
    const { region, ...fields } = this.#fields;
    fields.organizationId.value = organizationId;
    fields.endpoint.value = endpoint;
    fields.accessToken.value = EMULATOR_TOKEN;
    region.value = "endpoint";
    this.#emulator = endpoint;
    this.#offerEndpoint();
    this.#connect();
  }

  /** Fills in the known connection, unless the user has already typed something. */
  preset(place) {
    if (place === null || this.#isTouched) return;
    const { organizationId, region, endpoint } = this.#fields;
    organizationId.value = place.organizationId;
    region.value = place.region;
    endpoint.value = place.endpoint;
    this.#offerEndpoint();
  }

  /** Offers the known organizations, and fills in the region of the one that is chosen. */
  offer(organizationIds, regionOf) {
    const { organizationId, region } = this.#fields;
    document.getElementById("organizations").replaceChildren(...organizationIds.map((id) => new Option(id)));
    organizationId.control.addEventListener("change", () => {
      const known = regionOf(organizationId.value);
      if (known !== null) region.value = known;
      this.#offerEndpoint();
    });
  }

  /** Closes the connection, for the user to choose another organization. */
  changeOrganization() {
    this.#first = this.#fields.organizationId;
    this.#session.close();
  }

  #offerEndpoint() {
    this.#endpointRow.hidden = this.#fields.region.value !== "endpoint";
  }

  #connect() {
    const fields = Object.values(this.#fields);
    this.#formError.textContent = "";
    for (const field of fields) field.accept();
    if (this.#fields.region.value === "") this.#fields.region.refuse(CHOOSE_REGION);
    const options = optionsOf(this.#fields);
    const isEmulator = options.endpoint !== undefined && options.endpoint === this.#emulator;
    try {
      // Without a region there is no connection yet, but the client can already find the problems of the other fields.
      if (this.#fields.region.isRefused) new StatusClient(options).free();
      else {
        this.#session.open(options, { isEmulator });
        // The emulator will have another port the next time.
        if (!isEmulator) this.#keeper.keepLatest(this.#place());
      }
    } catch (error) {
      this.#refuse(error);
    }
    fields.find((field) => field.isRefused)?.focus();
  }

  #place() {
    const { organizationId, region, endpoint } = this.#fields;
    const isOwn = region.value === "endpoint";
    return {
      organizationId: organizationId.value,
      region: region.value,
      endpoint: isOwn ? endpoint.value : "",
    };
  }

  /** Shows an error at its field. The client names an option, and the user knows the label of its field. */
  #refuse(error) {
    if (!(error instanceof StatusError)) throw error;
    const field = this.#fields[error.argument];
    if (field) field.refuse(error.message.replace(new RegExp(`^${error.argument}\\b`), field.label));
    else this.#formError.textContent = error.message;
  }
}

/** Returns the client's options. Without a region and an endpoint, the client uses the older host. */
function optionsOf({ organizationId, region, endpoint, accessToken }) {
  return {
    organizationId: organizationId.value,
    accessToken: accessToken.value,
    ...(isRegion(region.value) && { region: region.value }),
    ...(region.value === "endpoint" && { endpoint: endpoint.value }),
  };
}
