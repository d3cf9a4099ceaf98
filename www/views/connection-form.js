import { isRegion, StatusClient, StatusError } from "../../pkg/dist/index.js";
import { Field } from "./field.js";

const CHOOSE_REGION = "Choose where the organization is deployed: another region does not know its sources.";

/** Asks for what a connection needs, and says at each field what is wrong with it. */
export function connectionForm({ store, session }) {
  const section = document.getElementById("connection");
  const form = document.getElementById("connection-form");
  const endpointRow = document.getElementById("endpoint-field");
  const formError = document.getElementById("connection-error");
  // By the names of the client's options, in the order of the form.
  const fields = {
    organizationId: new Field("organization"),
    region: new Field("region"),
    endpoint: new Field("endpoint"),
    accessToken: new Field("token"),
  };
  const hasOwnEndpoint = () => fields.region.value === "endpoint";

  fields.region.control.addEventListener("change", () => {
    endpointRow.hidden = !hasOwnEndpoint();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    formError.textContent = "";
    for (const field of Object.values(fields)) field.accept();
    if (fields.region.value === "") fields.region.refuse(CHOOSE_REGION);
    try {
      const options = optionsOf(fields);
      if (fields.region.isRefused) new StatusClient(options).free();
      else session.open(options);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      const field = fields[error.argument];
      if (field) field.refuse(error.message);
      else formError.textContent = error.message;
    }
    Object.values(fields)
      .find((field) => field.isRefused)
      ?.focus();
  });

  store.watch(
    (state) => [state.connection !== null],
    (isConnected) => {
      section.hidden = isConnected;
      // The client has the token now; the page keeps no copy of it.
      if (isConnected) fields.accessToken.value = "";
      else if (store.state.subject !== null) fields.accessToken.focus();
    },
  );

  return {
    /** Fills in what an address named, so that it stands there when the token is forgotten. */
    fill({ organizationId, endpoint }) {
      fields.organizationId.value = organizationId;
      fields.region.value = "endpoint";
      fields.endpoint.value = endpoint;
      endpointRow.hidden = false;
    },
  };
}

/** Without a region and an endpoint, the client goes to the older host. */
function optionsOf({ organizationId, region, endpoint, accessToken }) {
  return {
    organizationId: organizationId.value,
    accessToken: accessToken.value,
    ...(isRegion(region.value) && { region: region.value }),
    ...(region.value === "endpoint" && { endpoint: endpoint.value }),
  };
}
