import { statuses } from "../../pkg/dist/index.js";
import { instantiate } from "./template.js";

/**
 * A status is never named by one name alone. The console's "Refresh" is INCREMENTAL, and REFRESH is its "Rescan":
 * whoever reads only one of the two names may set the wrong one.
 */
export function statusName(statusType) {
  return `${statusType} · ${statusInfo(statusType).consoleName}`;
}

export function statusInfo(statusType) {
  return statuses().find((status) => status.statusType === statusType);
}

export function statusBadge(statusType) {
  const { root, parts } = instantiate("status-badge-template");
  root.dataset.status = statusType;
  parts.type.textContent = statusType;
  parts.consoleName.textContent = statusInfo(statusType).consoleName;
  return root;
}
