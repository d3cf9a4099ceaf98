import { StatusClient } from "push-source-status";

const { endpoint } = JSON.parse(process.argv.at(-1));

const client = new StatusClient({
  organizationId: "my-organization",
  accessToken: "my-token",
  endpoint,
  retry: { baseDelayMs: 5 },
});
const told = await client.setStatus("a-source", "REBUILD").catch((error) => error);
console.log(JSON.stringify(told));
process.exit();
