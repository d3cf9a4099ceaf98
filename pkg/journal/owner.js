import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { Processes } from "./processes.js";

/**
 * The owner of a journal. What is not known is `null`.
 *
 * @typedef {{
 *   pid: number,
 *   startedAt: string | null,
 *   group: { id: number, startedAt: string | null, shared?: number | null } | null,
 *   boot: string | null,
 *   host: string,
 *   machine: string | null,
 *   namespace: string | null,
 *   name: string | null,
 *   mark: string | null,
 * }} Owner `startedAt` distinguishes a process from a later one with the same pid. `name` is the option `owner`. `mark` is the
 *   variable of its program. `group` may also be a program that leads none: then `shared` is
 *   the group that it has with others, of whom those with the mark are its own
 */

let surroundings;

/** The part that is the same for all journals of this process. */
function thisProcess() {
  surroundings ??= {
    pid: process.pid,
    startedAt: new Processes().find(process.pid)?.startedAt ?? null,
    boot: boot(),
    host: hostname(),
    machine: machine(),
    namespace: namespace(),
  };
  return surroundings;
}

/** @returns {Owner} */
export function ownerNamed(name, mark = null) {
  return { ...thisProcess(), group: null, name, mark };
}

/** Describes a process group, or a process that leads none, for an owner. */
export function groupOf(id) {
  const found = new Processes().find(id);
  const shared = found && found.group !== id ? found.group : null;
  return { id, startedAt: found?.startedAt ?? null, shared };
}

/**
 * Judges whether an owner is alive. If processes can be compared, they alone decide. If not, two owners with the same name
 * never run at once, so the other one is gone.
 *
 * @param {Owner} owner
 * @param {Owner} own the owner that asks
 * @param {Processes} processes
 * @returns {"live" | "gone" | "unknown"}
 */
export function lifeOf(owner, own, processes) {
  const isSameBoot = owner.boot !== null && owner.boot === own.boot;
  // The name of a machine may change while it runs.
  if (isSameBoot || (owner.host === own.host && owner.machine === own.machine)) {
    if (!isSameBoot && owner.boot !== null && own.boot !== null) return "gone";
    if (owner.namespace === own.namespace) return isAlive(owner, processes) ? "live" : "gone";
  }
  return owner.name !== null && owner.name === own.name ? "gone" : "unknown";
}

/** Returns whether a live owner is only what its process has started, since the process itself is gone. */
export function isProgramAlone({ pid, startedAt }, processes) {
  return !isThere({ id: pid, startedAt }, processes);
}

function isAlive({ pid, startedAt, group, mark }, processes) {
  if (isThere({ id: pid, startedAt }, processes)) return true;
  // A program may have been started, and not have been named yet.
  if (!group) return Boolean(mark) && processes.hasMark(mark);
  if (isThere(group, processes)) return true;
  if (group.shared) return Boolean(mark) && processes.hasMark(mark, group.shared);
  if (!processes.hasGroup(group.id)) return false;
  // While a group lives its id is nobody else's pid: a leader of another age leads another group.
  const leader = processes.find(group.id);
  return !leader || isSame(leader.startedAt, group.startedAt);
}

function isThere({ id, startedAt }, processes) {
  const found = processes.find(id);
  return found !== undefined && !found.isZombie && isSame(found.startedAt, startedAt);
}

/** Unknown values count as the same: a record that stays too long does less harm than ending a live activity. */
function isSame(found, recorded) {
  return found === null || recorded === null || found === recorded;
}

/** The id of the boot: it changes when the machine starts. */
function boot() {
  if (process.platform === "darwin") return outputOf("sysctl", "-n", "kern.bootsessionuuid");
  return content("/proc/sys/kernel/random/boot_id");
}

/** A hash of the machine's id, to distinguish machines of one name. systemd wants the id itself kept secret. */
function machine() {
  const id = content("/etc/machine-id");
  return id && createHash("sha256").update(`push-source-status ${id}`).digest("hex").slice(0, 16);
}

/** The namespace of the pids. */
function namespace() {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
}

function content(path) {
  try {
    return readFileSync(path, "utf8").trim() || null;
  } catch {
    return null;
  }
}

function outputOf(command, ...args) {
  try {
    return (
      execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() || null
    );
  } catch {
    return null;
  }
}
