import { ACTIVE, activeSince, activityOf, isPerhapsActive, MAY_BE_ACTIVE } from "./state/source.js";
import { lasting } from "./views/clock.js";
import { statusInfo, statusName } from "./views/status-name.js";

/**
 * Returns the warning to show before a status is set on these sources, or `null` where none is due.
 *
 * @param {object[]} sources
 * @param {string} statusType
 * @param {Set<string>} [hidden] the ids of the sources that the filter hides
 * @returns {{ title: string, texts: string[], items: { name: string, note: string }[], action: string } | null}
 */
export function cautionFor(sources, statusType, hidden = new Set()) {
  const reasons = [
    hiddenReason(sources, hidden),
    statusType === "IDLE" ? foreignReason(sources) : secondReason(sources, statusType),
    statusType === "REBUILD" && sources.length > 1 ? rebuildReason(sources.length) : null,
  ].filter((reason) => reason !== null);
  if (reasons.length === 0) return null;
  return {
    title: reasons.at(-1).title,
    texts: [...reasons.map(({ text }) => text), ...standing(sources)],
    items: sources.map((source) => ({ name: source.name || source.id, note: noteOf(source, hidden) })),
    action: actionOf(statusType, sources.length),
  };
}

function hiddenReason(sources, hidden) {
  const count = sources.filter(({ id }) => hidden.has(id)).length;
  if (count === 0) return null;
  return {
    title: `${count} of ${sources.length} sources ${count === 1 ? "is" : "are"} out of sight`,
    text: `${count} of these ${sources.length} sources ${count === 1 ? "is" : "are"} selected and hidden by the filter.`,
  };
}

function foreignReason(sources) {
  const foreign = sources.filter((source) => !isPerhapsActive(source));
  if (foreign.length === 0) return null;
  const isOne = sources.length === 1;
  const which = isOne
    ? `This browser did not set ${foreign[0].name || foreign[0].id} active.`
    : `This browser did not set ${foreign.length} of these ${sources.length} sources active.`;
  return {
    title: isOne ? "Perhaps somebody else’s activity" : "Perhaps somebody else’s activities",
    text:
      `${which} If a connector or somebody else did, IDLE ends that activity now and marks it as completed, ` +
      "while content may still be on its way.",
  };
}

function secondReason(sources, statusType) {
  const count = sources.filter(isPerhapsActive).length;
  if (count === 0) return null;
  const isOne = sources.length === 1;
  const which = isOne
    ? "This source has"
    : `${count} of these ${sources.length} sources ${count === 1 ? "has" : "have"}`;
  return {
    title: `A second active status on ${isOne ? "this source" : `${count} sources`}?`,
    text:
      `${which} an active status already, or may have one. ${statusName(statusType)} begins another activity there; ` +
      "whoever works on the first one is not told.",
  };
}

function rebuildReason(total) {
  const { consoleName, cost } = statusInfo("REBUILD");
  return {
    title: `Announce a rebuild of ${total} sources?`,
    text:
      `Each gets a new activity in its log, which the console shows as “${consoleName}” until IDLE is set. That ` +
      `rebuilds nothing by itself: the content has to be pushed, and such runs are typically of ${cost} cost.`,
  };
}

/** Returns the warning to show before these sources are removed from the list. */
export function cautionForRemoval(sources) {
  const remembered = sources.some(isPerhapsActive)
    ? ["What may be active is known again should it be added again."]
    : [];
  const count = sources.length === 1 ? "this source" : `${sources.length} sources`;
  const what = sources.length === 1 ? "it" : "them";
  return {
    title: `Remove ${count} from the list?`,
    texts: [
      `Nothing is sent. What this browser knows of ${what} is forgotten.`,
      ...standing(sources),
      ...remembered,
    ],
    items: sources.map((source) => ({ name: source.name || source.id, note: noteOf(source) })),
    action: "Remove from the list",
  };
}

/** Returns a sentence with the number of sources that are active or may be; none for a single source. */
function standing(sources) {
  if (sources.length === 1) return [];
  const count = (activity) => sources.filter((source) => activityOf(source) === activity).length;
  const [active, maybe] = [count(ACTIVE), count(MAY_BE_ACTIVE)];
  const parts = [];
  if (active > 0) parts.push(`${active} of them ${active === 1 ? "is" : "are"} ${ACTIVE}, set here`);
  if (maybe > 0) parts.push(`${maybe} of them ${MAY_BE_ACTIVE}: no answer came`);
  return parts.length > 0 ? [`${parts.join("; ")}.`] : [];
}

function noteOf(source, hidden = new Set()) {
  const notes = [];
  if (isPerhapsActive(source)) {
    const { statusType, at } = activeSince(source);
    notes.push(`${activityOf(source)}: ${statusName(statusType)} for ${lasting(Date.now() - at)}`);
  }
  if (hidden.has(source.id)) notes.push("hidden by the filter");
  return notes.join(", ");
}

function actionOf(statusType, total) {
  return total === 1 ? `Set ${statusName(statusType)}` : `Set ${statusName(statusType)} on all ${total}`;
}
