/** The requests that are sent to a service, and its answers. */

const browserOrigin = "https://admin.example";
const anotherToken = "xx00000000-0000-0000-0000-000000000000";

/** Sends requests that change nothing, whatever the answer is. */
export async function harmless(StatusClient, target) {
  const { url, headers } = requestOf(StatusClient, target, "INCREMENTAL");
  const post = { method: "POST", headers, body: "{}" };
  const without = (name) => Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
  const elsewhere = (from, to) => url.replace(from, to);
  const probes = [
    ["a preflight of a browser", url, preflight()],
    ["no token", url, { ...post, headers: without("Authorization") }],
    [
      "a token that is not known",
      url,
      { ...post, headers: { ...headers, Authorization: `Bearer ${anotherToken}` } },
    ],
    ["an unknown status type", elsewhere("statusType=INCREMENTAL", "statusType=RESCAN"), post],
    ["no status type", elsewhere("?statusType=INCREMENTAL", ""), post],
    ["an unknown source", elsewhere(`/sources/${target.sourceId}/`, `/sources/${target.sourceId}x/`), post],
    ["an unknown organization", elsewhere("/organizations/", "/organizations/x"), post],
    ["GET in place of POST", url, { method: "GET", headers }],
  ];
  const answers = [];
  for (const [what, address, request] of probes) answers.push(await ask(what, address, request));
  return answers;
}

/** Sets `INCREMENTAL` and `IDLE` once, through the client. */
export async function changes(StatusClient, target) {
  const answers = [];
  const recorded = (what) => async (url, init) => {
    const startedAt = performance.now();
    const response = await fetch(url, init);
    answers.push(await described(what, response.clone(), startedAt));
    return response;
  };
  for (const statusType of ["INCREMENTAL", "IDLE"]) {
    const client = new StatusClient({ ...optionsOf(target), fetch: recorded(statusType) });
    await client.setStatus(target.sourceId, statusType).catch((error) => {
      if (answers.at(-1)?.what !== statusType) throw error;
    });
    await client.close();
  }
  return answers;
}

function optionsOf({ organizationId, accessToken, region, endpoint }) {
  return { organizationId, accessToken, region, endpoint };
}

function requestOf(StatusClient, target, statusType) {
  const client = new StatusClient(optionsOf(target));
  const { url, headers } = client.request(target.sourceId, statusType);
  client.free();
  return { url, headers: { ...headers, Authorization: `Bearer ${target.accessToken}` } };
}

function preflight() {
  const headers = {
    Origin: browserOrigin,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
  };
  return { method: "OPTIONS", headers };
}

async function ask(what, url, request) {
  const startedAt = performance.now();
  const headers = { Origin: browserOrigin, ...request.headers };
  return described(what, await fetch(url, { ...request, headers, redirect: "manual" }), startedAt);
}

async function described(what, response, startedAt) {
  const body = await response.text();
  const names = [
    "content-type",
    "retry-after",
    ...[...response.headers.keys()].filter((name) => name.startsWith("access-control-")),
  ];
  const headers = Object.fromEntries(names.map((name) => [name, response.headers.get(name)]));
  return {
    what,
    httpStatus: response.status,
    errorCode: errorCode(body),
    body: body.slice(0, 1000),
    headers,
    elapsedMs: Math.round(performance.now() - startedAt),
  };
}

function errorCode(body) {
  try {
    return JSON.parse(body)?.errorCode ?? null;
  } catch {
    return null;
  }
}
