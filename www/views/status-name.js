import { statuses } from "../../pkg/dist/index.js";
import { instantiate } from "./template.js";

let infos;

/**
 * Returns both names of a status. The console's "Refresh" is INCREMENTAL, and REFRESH is its "Rescan", so a user who
 * reads only one of the names may set the wrong status.
 */
export function statusName(statusType) {
  return `${statusType} · ${statusInfo(statusType).consoleName}`;
}

/** Returns the package's facts about a status. They are read once, because a list of a thousand rows asks often. */
export function statusInfo(statusType) {
  infos ??= new Map(statuses().map((info) => [info.statusType, info]));
  return infos.get(statusType);
}

export function statusBadge(statusType) {
  const { root, parts } = instantiate("status-badge-template");
  root.dataset.status = statusType;
  parts.type.textContent = statusType;
  parts.consoleName.textContent = statusInfo(statusType).consoleName;
  return root;
}
