import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { Processes } from "./processes.js";

/**
 * Who keeps a journal. What cannot be told is `null`.
 *
 * @typedef {{
 *   pid: number,
 *   startedAt: string | null,
 *   group: { id: number, startedAt: string | null } | null,
 *   boot: string | null,
 *   host: string,
 *   machine: string | null,
 *   namespace: string | null,
 *   name: string | null,
 *   mark: string | null,
 * }} Owner `startedAt` tells a process from a later one with its pid; `name` is the owner that was given, `mark` the
 *   variable that its program has, and `group` may also be that program alone
 */

let surroundings;

/** What is the same for everybody who keeps a journal in this process. */
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

/** A group of processes, or a process that leads none, as an owner names it. */
export function groupOf(id) {
  return { id, startedAt: new Processes().find(id)?.startedAt ?? null };
}

/**
 * Whether an owner is alive. Where processes can be compared, they alone decide. Where they cannot, a name that was given
 * to both says that they never run at once.
 *
 * @param {Owner} owner
 * @param {Owner} own who asks
 * @param {Processes} processes
 * @returns {"live" | "gone" | "unknown"}
 */
export function lifeOf(owner, own, processes) {
  const isSameBoot = owner.boot !== null && owner.boot === own.boot;
  // A machine may be given another name while it runs.
  if (isSameBoot || (owner.host === own.host && owner.machine === own.machine)) {
    if (!isSameBoot && owner.boot !== null && own.boot !== null) return "gone";
    if (owner.namespace === own.namespace) return isAlive(owner, processes) ? "live" : "gone";
  }
  return owner.name !== null && owner.name === own.name ? "gone" : "unknown";
}

function isAlive({ pid, startedAt, group, mark }, processes) {
  if (isThere({ id: pid, startedAt }, processes)) return true;
  // A program may have been started, and not have been named yet.
  if (!group) return Boolean(mark) && processes.hasMark(mark);
  if (isThere(group, processes)) return true;
  if (!processes.hasGroup(group.id)) return false;
  // While a group lives its id is nobody else's pid: a leader of another age leads another group.
  const leader = processes.find(group.id);
  return !leader || isSame(leader.startedAt, group.startedAt);
}

function isThere({ id, startedAt }, processes) {
  const found = processes.find(id);
  return found !== undefined && !found.isZombie && isSame(found.startedAt, startedAt);
}

/** What cannot be told counts as the same: a record that stays for too long does less harm than an activity ended. */
function isSame(found, recorded) {
  return found === null || recorded === null || found === recorded;
}

/** Changes when the machine starts. */
function boot() {
  if (process.platform === "darwin") return said("sysctl", "-n", "kern.bootsessionuuid");
  return content("/proc/sys/kernel/random/boot_id");
}

/** Tells machines of the same name apart. Not the id itself, which systemd wants kept from others. */
function machine() {
  const id = content("/etc/machine-id");
  return id && createHash("sha256").update(`push-source-status ${id}`).digest("hex").slice(0, 16);
}

/** In which processes have their pids. */
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

function said(command, ...args) {
  try {
    return (
      execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() || null
    );
  } catch {
    return null;
  }
}
