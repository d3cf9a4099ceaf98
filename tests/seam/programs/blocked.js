import { StatusClient, StatusError, statuses } from "push-source-status";

const options = { organizationId: "my-organization", accessToken: "my-token", region: "eu" };

/** The uses that start the module. One comes twice, because a start that has failed can be tried again. */
const uses = [() => new StatusClient(options), () => statuses(), () => new StatusClient(options)];

const told = uses.map((use) => {
  try {
    use();
    return "started";
  } catch (error) {
    const { code, hint, message } = error;
    return { isStatusError: error instanceof StatusError, code, hint, message };
  }
});
console.log(JSON.stringify(told));
