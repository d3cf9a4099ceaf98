/** The text of a request for each of several tools. The token is a variable in all of them. */

/** Returns a word in the form in which a POSIX shell reads it unchanged. */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * @param {import("../../pkg/dist/index.js").StatusRequest} request with its token masked
 * @param {{ organizationId: string, endpoint: string, sourceId: string, statusType: string }} facts
 */
export const requestTexts = {
  http({ method, url, headers, body }) {
    const { host, pathname, search } = new URL(url);
    const lines = Object.entries({ Host: host, ...headers, "Content-Length": body.length });
    return [
      `${method} ${pathname}${search} HTTP/1.1`,
      ...lines.map(([name, value]) => `${name}: ${value}`),
      "",
      body,
    ].join("\n");
  },

  curl({ method, url, headers, body }) {
    const given = Object.entries(headers).map(([name, value]) =>
      name === "Authorization"
        ? `  --header "${name}: Bearer $COVEO_ACCESS_TOKEN" \\`
        : `  --header ${quoted(`${name}: ${value}`)} \\`,
    );
    return [
      `curl --fail-with-body --request ${method} \\`,
      ...given,
      `  --data ${quoted(body)} \\`,
      `  ${quoted(url)}`,
    ].join("\n");
  },

  javascript(_request, { organizationId, endpoint, sourceId, statusType }) {
    const text = JSON.stringify;
    return `import { StatusClient } from "push-source-status";

const client = new StatusClient({
  organizationId: ${text(organizationId)},
  accessToken: process.env.COVEO_ACCESS_TOKEN,
  endpoint: ${text(endpoint)},
});
await client.setStatus(${text(sourceId)}, ${text(statusType)});`;
  },

  command(_request, { organizationId, endpoint, sourceId, statusType }) {
    return `# COVEO_ACCESS_TOKEN has to be set
push-source-status set ${statusType} \\
  --source ${quoted(sourceId)} \\
  --organization ${quoted(organizationId)} \\
  --endpoint ${quoted(endpoint)}`;
  },
};

export const requestNotes = {
  http: "The token is masked.",
  curl: "The shell puts the token in from COVEO_ACCESS_TOKEN. A single attempt, without retries.",
  javascript: "With retries, as this page does it: npm install push-source-status.",
  command: "The same from a shell: npm install --global push-source-status.",
};
