import { Job } from "./job.js";
import { StatusError } from "./status-error.js";

/** Sets the status of one source. */
export function setStatus(host, sourceId, statusType, options) {
  const job = new Job(host);
  return job.perform(async () => {
    for (const catchUp of host.backlogs) catchUp(sourceId);
    const [key, signal] = job.begin((machine) => machine.call(sourceId, statusType, options));
    job.heed(signal, key !== undefined);
    const [, , update, error] = await job.next();
    if (error) throw new StatusError(error);
    if (!update) throw job.reason;
    return update;
  });
}
