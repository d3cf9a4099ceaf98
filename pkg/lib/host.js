import { bindings } from "./bindings.js";
import { bodyReader, readBody } from "./body.js";
import { attempted, date, hostTime, quietly } from "./foreign.js";
import { Recorder } from "./recorder.js";
import { StatusError } from "./status-error.js";
import { Timer } from "./timer.js";

const draw = () => Math.random();

let isBoundToRequests = false;

/**
 * Adapts to a host where an incoming request cannot share connections or timers with others, and loses its own once it
 * is answered. Each job then keeps the time itself, and closes its connections before it ends.
 */
export function bindToRequests() {
  isBoundToRequests = true;
}

const NO_BYTES = new Uint8Array();

/**
 * The machine of a client, and everything that it needs of the host. The job of each caller carries out the machine's
 * outputs in the caller's context. Only outputs that cannot wait for that are carried out here.
 */
export class Host {
  #machine;
  act;
  #fetch;
  #accessToken;
  #onEvent;
  #recorder;
  #timer = new Timer((due) => this.feed((machine) => machine.timeout(due)));
  /** The calls and activities under way, by key. */
  #jobs = new Map();
  /** The controller and the reader that stop each attempt. */
  #stops = new Map();
  #outputs = [];
  #isCarryingOut = false;
  #depth = 0;
  #isDrained = false;
  /** The jobs that have not ended. */
  running = new Set();
  #onEnds = [];
  #resolveDrained;
  #drained = new Promise((resolve) => (this.#resolveDrained = resolve));
  /** The functions that begin the waiting rows of bulk calls, so that no later call overtakes them. */
  backlogs = new Set();

  constructor(options) {
    const { Machine, Act } = bindings();
    this.act = Act;
    this.#machine = checked(() => new Machine(options));
    const [fetch, accessToken, onEvent, journal, place] = this.#machine.given();
    this.#accessToken = accessToken;
    this.#onEvent = onEvent;
    this.#recorder = new Recorder(this, journal, place);
    this.#fetch = async (url, init) => (fetch ?? globalThis.fetch)(url, init);
  }

  /** Returns whether each job keeps the time and its own connections. */
  get isBoundToRequests() {
    return isBoundToRequests;
  }

  /** Uses the machine, and then carries out its outputs. */
  enter(use) {
    const machine = this.#machine;
    if (machine === undefined) throw new StatusError(bindings().closed());
    this.#depth += 1;
    try {
      machine.tick(attempted(hostTime), attempted(date), attempted(draw));
      return checked(() => use(machine));
    } finally {
      this.#depth -= 1;
      this.#carryOut();
    }
  }

  /** Uses the machine in the same way for a report of the host, but does nothing if the client is gone. */
  feed(use) {
    return this.#machine && this.enter(use);
  }

  /** Closes the client. The promise is fulfilled when everything has settled. */
  async close() {
    for (const catchUp of this.backlogs) catchUp();
    if (this.#machine) this.enter((machine) => machine.close());
    await this.#drained;
    while (this.running.size > 0) await new Promise((resolve) => this.#onEnds.push(resolve));
  }

  /** Notes that a job has ended. */
  end(job) {
    this.running.delete(job);
    if (this.running.size === 0) for (const onEnd of this.#onEnds.splice(0)) onEnd();
  }

  /** Routes the outputs for a key to a job. */
  assign(key, job) {
    this.#jobs.set(key, job);
  }

  dismiss(key) {
    this.#jobs.delete(key);
  }

  /** Carries out an output that is the same for all kinds of jobs. Returns `false` for any other. */
  serve([act, , detail], job) {
    if (act === this.act.Send) {
      const released = this.#exchange(detail);
      if (isBoundToRequests) job?.exchanges.push(released);
    } else if (act === this.act.AskToken) void this.#askToken(detail);
    else if (act === this.act.Emit) this.tell(detail);
    else return false;
    return true;
  }

  /** Emits the events that came after a job has ended, for example of a journal that failed. */
  tellRest(outputs) {
    for (const [act, , detail] of outputs) if (act === this.act.Emit) this.tell(detail);
  }

  tell(event) {
    if (this.#onEvent) void quietly(() => this.#onEvent.call(undefined, event));
  }

  #carryOut() {
    const [due, delayMs, ...outputs] = this.#machine.poll();
    if (!isBoundToRequests) this.#timer.set(due, delayMs);
    this.#outputs.push(...outputs);
    if (this.#isCarryingOut) return;
    this.#isCarryingOut = true;
    while (this.#outputs.length > 0) this.#route(this.#outputs.shift());
    this.#isCarryingOut = false;
    if (this.#isDrained && this.#depth === 0 && !this.#machine.isBusy()) {
      this.#machine.free();
      this.#machine = undefined;
    }
  }

  /** Carries out at once an output that ends or stops something. Passes all others to the job of their caller. */
  #route(output) {
    const [act, key, detail] = output;
    const job = this.#jobs.get(key);
    switch (act) {
      case this.act.Abort:
        this.#stop(detail);
        break;
      case this.act.SendLast:
        this.#machine.sendLast((url, init) => quietly(() => this.#send(url, init, { keepalive: true })));
        break;
      case this.act.AbortWork:
        job?.abortWork(detail);
        break;
      case this.act.Opened:
        this.#recorder.record("opened", output);
        break;
      case this.act.Closed:
        this.#recorder.record("closed", output);
        break;
      case this.act.Drained:
        this.#resolveDrained();
        this.#isDrained = true;
        break;
      default:
        if (job) job.put(output);
        else this.serve(output);
    }
  }

  #stop(attempt) {
    const { controller, reader } = this.#stops.get(attempt) ?? {};
    controller?.abort();
    // The user's function may not have passed the signal on.
    if (reader) void quietly(() => reader.cancel());
  }

  /** Calls `fetch` with new objects for each request, since a user's function may keep or change them. */
  #send(url, init, more) {
    return this.#fetch(url, { ...init, headers: { ...init.headers }, ...more });
  }

  async #exchange(attempt) {
    const machine = this.#machine;
    const stop = { controller: attempted(() => new AbortController()) };
    const signal = stop.controller?.signal;
    this.#stops.set(attempt, stop);
    const fetch = (url, init) => this.#send(url, init, { signal });
    const answer = await new Promise((resolve) => machine.send(attempt, fetch, resolve));
    const limit = this.feed(() => machine.received(attempt));
    const reader = answer && bodyReader(answer);
    let body = { isWhole: false };
    if (reader && limit) {
      stop.reader = reader;
      body = await readBody(reader, limit);
      if (!body.isWhole) stop.controller?.abort();
    } else if (reader) {
      // The attempt was given up, and the `fetch` ignored its signal.
      void quietly(() => reader.cancel());
    }
    this.#stops.delete(attempt);
    if (limit) this.feed(() => machine.released(attempt, body.bytes ?? NO_BYTES));
  }

  async #askToken(ask) {
    let answer;
    try {
      const token = await this.#accessToken.call(undefined);
      answer = (machine) => machine.token(ask, token);
    } catch (thrown) {
      answer = (machine) => machine.noToken(ask, thrown);
    }
    this.feed(answer);
  }
}

/** Turns the plain data that the module throws into an error, here, so that its stack leads to the caller. */
function checked(action) {
  try {
    return action();
  } catch (fault) {
    throw fault instanceof Error ? fault : new StatusError(fault);
  }
}
