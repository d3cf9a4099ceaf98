/**
 * The content of this browser's storage: for each organization its list of sources, and for each of its endpoints what
 * was set from here. It never contains a token. It is plain JSON with a version. Everything in it is checked on
 * reading, because anyone can write there with the browser's tools, and an older version of this page could too.
 *
 * ```json
 * { "version": 1, "latest": { "organizationId": "…", "region": "eu", "endpoint": "" }, "organizations": [{
 *     "organizationId": "…", "sources": [{ "id": "…", "name": "…" }],
 *     "endpoints": [{ "endpoint": "…", "records": [
 *       { "id": "…", "last": { "statusType": "REBUILD", "at": 0 }, "doubt": null, "history": [], "heardAt": 0 }] }] }] }
 * ```
 */
import { HISTORY_LIMIT, unknownSource } from "./source.js";

const VERSION = 1;

const ORGANIZATIONS_KEPT = 20;
const ENDPOINTS_KEPT = 5;
const LONGEST_TEXT = 500;

export const nothingSaved = Object.freeze({ version: VERSION, latest: null, organizations: [] });

/**
 * Reads the kept lists, without what is malformed.
 *
 * @param {string | null} text
 * @param {(statusType: unknown) => boolean} isStatusType
 * @returns {{ saved: typeof nothingSaved, isNewer: boolean }} `isNewer`: a later version wrote it, so leave it alone
 */
export function parseSaved(text, isStatusType) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (value?.version !== VERSION) return { saved: nothingSaved, isNewer: value?.version > VERSION };
  const change = (given) =>
    isStatusType(given?.statusType) && Number.isFinite(given.at)
      ? { statusType: given.statusType, at: given.at }
      : null;
  const record = ({ id, last, doubt, history, heardAt }) => ({
    id,
    last: change(last),
    doubt: change(doubt),
    history: listOf(history).map(change).filter(Boolean).slice(-HISTORY_LIMIT),
    heardAt: Number.isFinite(heardAt) ? heardAt : 0,
  });
  const organization = ({ organizationId, sources, endpoints }) => ({
    organizationId,
    sources: listOf(sources)
      .filter(({ id }) => isText(id))
      .map(({ id, name }) => ({ id, name: isText(name) ? name : "" })),
    endpoints: listOf(endpoints)
      .filter(({ endpoint }) => isText(endpoint))
      .map(({ endpoint, records }) => ({
        endpoint,
        records: listOf(records)
          .filter(({ id }) => isText(id))
          .map(record),
      })),
  });
  const organizations = listOf(value.organizations)
    .filter(({ organizationId }) => isText(organizationId))
    .map(organization);
  return { saved: { version: VERSION, latest: placeOf(value.latest), organizations }, isNewer: false };
}

/** Returns the kept sources of an organization, with what is known of them at this endpoint. */
export function savedSources({ organizations }, { organizationId, endpoint }) {
  const organization = organizations.find((known) => known.organizationId === organizationId);
  if (!organization) return [];
  const place = organization.endpoints.find((known) => known.endpoint === endpoint);
  const records = new Map(place?.records.map((record) => [record.id, record]));
  const sources = organization.sources.map(({ id, name }) => {
    const { last = null, ...known } = records.get(id) ?? {};
    return { ...unknownSource({ id, name }), ...known, last: last && { ...last, isRestored: true } };
  });
  return [...new Map(sources.map((source) => [source.id, source])).values()];
}

/** Returns the lists with another latest connection, which has no token. */
export function withLatest(saved, latest) {
  return { ...saved, latest };
}

function placeOf(latest) {
  if (!isText(latest?.organizationId) || !isText(latest.region)) return null;
  const { organizationId, region, endpoint } = latest;
  return { organizationId, region, endpoint: isText(endpoint) ? endpoint : "" };
}

/** Returns the lists with these sources in place of those before. The organization used last is kept longest. */
export function withSaved({ latest, organizations }, { organizationId, endpoint }, sources) {
  const before = organizations.find((known) => known.organizationId === organizationId);
  const records = sources
    .filter(({ last, doubt }) => last !== null || doubt !== null)
    .map(({ id, last, doubt, history, heardAt }) => ({ id, last: changeOf(last), doubt, history, heardAt }));
  const others = (before?.endpoints ?? []).filter((known) => known.endpoint !== endpoint);
  const organization = {
    organizationId,
    sources: sources.map(({ id, name }) => ({ id, name })),
    endpoints: [{ endpoint, records }, ...others].slice(0, ENDPOINTS_KEPT),
  };
  const rest = organizations.filter((known) => known !== before);
  return { version: VERSION, latest, organizations: [organization, ...rest].slice(0, ORGANIZATIONS_KEPT) };
}

function changeOf(last) {
  return last && { statusType: last.statusType, at: last.at };
}

function listOf(value) {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "object" && entry !== null) : [];
}

function isText(value) {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_TEXT;
}
