import { isActiveHere } from "./state/source.js";
import { statusInfo, statusName } from "./views/status-name.js";

/**
 * What somebody should read before this status is set on these sources; `null` where there is nothing to warn of.
 *
 * @returns {{ title: string, text: string, action: string } | null}
 */
export function cautionFor(sources, statusType) {
  if (statusType === "IDLE")
    return idleCaution(
      sources.filter((source) => !isActiveHere(source)),
      sources.length,
    );
  if (statusType === "REBUILD" && sources.length > 1) return rebuildCaution(sources.length);
  return null;
}

function idleCaution(foreign, total) {
  if (foreign.length === 0) return null;
  const which =
    total === 1
      ? `This browser did not set ${foreign[0].name || foreign[0].id} active.`
      : `This browser did not set ${foreign.length} of these ${total} sources active.`;
  return {
    title: total === 1 ? "Perhaps somebody else’s activity" : "Perhaps somebody else’s activities",
    text:
      `${which} If a connector or somebody else did, IDLE ends that activity now and marks it as completed, ` +
      "while content may still be on its way.",
    action: actionOf("IDLE", total),
  };
}

function rebuildCaution(total) {
  const { consoleName, cost } = statusInfo("REBUILD");
  return {
    title: `Announce a rebuild of ${total} sources?`,
    text:
      `Each gets a new activity in its log, which the console shows as “${consoleName}” until IDLE is set. That ` +
      `rebuilds nothing by itself: the content has to be pushed, and such runs are typically of ${cost} cost.`,
    action: actionOf("REBUILD", total),
  };
}

/** The same, before these sources are removed from the list. */
export function cautionForRemoval(sources) {
  const active = sources.filter(isActiveHere).length;
  const warning =
    active === 0
      ? ""
      : ` ${active} of them ${active === 1 ? "was" : "were"} set active here, and not idle since.`;
  const count = sources.length === 1 ? "this source" : `${sources.length} sources`;
  return {
    title: `Remove ${count} from the list?`,
    text: `Nothing is sent. What this browser knows of ${sources.length === 1 ? "it" : "them"} is forgotten.${warning}`,
    action: "Remove from the list",
  };
}

function actionOf(statusType, total) {
  return total === 1 ? `Set ${statusName(statusType)}` : `Set ${statusName(statusType)} on all ${total}`;
}
