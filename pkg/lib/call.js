import { Job } from "./job.js";
import { StatusError } from "./status-error.js";

/** Sets the status of one source. */
export async function setStatus(host, sourceId, statusType, options) {
  for (const catchUp of host.backlogs) catchUp(sourceId);
  const job = new Job(host);
  try {
    const [key, signal] = job.begin((machine) => machine.call(sourceId, statusType, options));
    job.heed(signal, key !== undefined);
    const [, , update, error] = await job.next();
    if (error) throw new StatusError(error);
    if (!update) throw job.reason;
    return update;
  } finally {
    await job.end();
  }
}
