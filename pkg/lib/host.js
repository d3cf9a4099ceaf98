import { bindings } from "./bindings.js";
import { bodyReader, readBody } from "./body.js";
import { attempted, date, quietly } from "./foreign.js";
import { Recorder } from "./recorder.js";
import { StatusError } from "./status-error.js";
import { Timer } from "./timer.js";

const hostTime = () => performance.now();
const draw = () => Math.random();

let isBoundToRequests = false;

/**
 * Where the host lets go of all that a request has begun once that is answered, and lets none use what is another's: each
 * job keeps the time itself, and has let go of its connections before it ends.
 */
export function bindToRequests() {
  isBoundToRequests = true;
}

const NO_BYTES = new Uint8Array();

/**
 * What a client is made of: the machine in the module, and all that it needs of the host. The machine says what is to be
 * done; each caller's own job does it, where the caller is. Only what cannot wait for that is done here.
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
  /** What stops each attempt. */
  #stops = new Map();
  #outputs = [];
  #isCarryingOut = false;
  #depth = 0;
  #isDrained = false;
  /** The jobs that somebody waits for. */
  running = new Set();
  #onEnds = [];
  #resolveDrained;
  #drained = new Promise((resolve) => (this.#resolveDrained = resolve));
  /** What has calls that it has not begun yet: none may be overtaken. */
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

  /** Whether each job has to keep the time itself. */
  get isBoundToRequests() {
    return isBoundToRequests;
  }

  /** Does something with the machine, and then what that has brought up. */
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

  /** The same for what nobody waits for: nothing, where the client is gone. */
  feed(use) {
    return this.#machine && this.enter(use);
  }

  /** Closes the client. The promise is kept when everything that was asked of it is settled. */
  async close() {
    for (const catchUp of this.backlogs) catchUp();
    if (this.#machine) this.enter((machine) => machine.close());
    await this.#drained;
    while (this.running.size > 0) await new Promise((resolve) => this.#onEnds.push(resolve));
  }

  /** A job has come to its end. */
  end(job) {
    this.running.delete(job);
    if (this.running.size === 0) for (const onEnd of this.#onEnds.splice(0)) onEnd();
  }

  /** Has what is to be done for a key told to a job. */
  assign(key, job) {
    this.#jobs.set(key, job);
  }

  dismiss(key) {
    this.#jobs.delete(key);
  }

  /** Does what is to be done in the same way for every caller. Says whether it was that. */
  serve([act, , detail], job) {
    if (act === this.act.Send) {
      const released = this.#exchange(detail);
      if (isBoundToRequests) job?.exchanges.push(released);
    } else if (act === this.act.AskToken) void this.#askToken(detail);
    else if (act === this.act.Emit) this.tell(detail);
    else return false;
    return true;
  }

  /** Tells of what has happened since a job came to its end: a journal may fail to write just that. */
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

  /** What ends or stops something does so at once; everything else is done in its turn, where its caller is. */
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
    this.#machine.giveUp(attempt);
    const { controller, reader } = this.#stops.get(attempt) ?? {};
    controller?.abort();
    // The user's function may not have passed the signal on.
    if (reader) void quietly(() => reader.cancel());
  }

  /** Objects of its own for each request: a user's function may keep or change them. */
  #send(url, init, more) {
    return this.#fetch(url, { ...init, headers: { ...init.headers }, ...more });
  }

  async #exchange(attempt) {
    const machine = this.#machine;
    const stop = { controller: attempted(() => new AbortController()) };
    const signal = stop.controller?.signal;
    this.#stops.set(attempt, stop);
    const answer = await machine.send(attempt, (url, init) => this.#send(url, init, { signal }));
    const limit = this.feed(() => machine.received(attempt));
    const reader = answer && bodyReader(answer);
    let body = { isWhole: false };
    if (reader && limit) {
      stop.reader = reader;
      body = await readBody(reader, limit);
      if (!body.isWhole) stop.controller?.abort();
    } else if (reader) {
      // It was given up, and the `fetch` knows of no signal.
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

/** What the module refuses is plain data; the error is made where its caller is. */
function checked(action) {
  try {
    return action();
  } catch (fault) {
    throw fault instanceof Error ? fault : new StatusError(fault);
  }
}
