import { statuses } from "../../pkg/dist/index.js";
import { instantiate } from "./template.js";

let infos;

/**
 * A status is never named by one name alone. The console's "Refresh" is INCREMENTAL, and REFRESH is its "Rescan":
 * whoever reads only one of the two names may set the wrong one.
 */
export function statusName(statusType) {
  return `${statusType} · ${statusInfo(statusType).consoleName}`;
}

/** What the package tells of a status. Asked once: lists of a thousand rows name statuses often. */
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
