import type { Operation, StatusType } from "./emulator-records.cjs";

/** A failure of a call. The field without a question mark names it, and excludes those of the other faults. */
export type Fault = AnswerFault | RedirectFault | StallFault | ResetFault | DelayFault;

/** A {@link Fault}, and the calls that meet it. */
export type NextFault = Fault & {
  /** How many calls meet it, at least 1, or `Infinity`. @default 1 */
  times?: number | undefined;
  /** Only calls for this operation, or for one of these, meet it. @default calls for any */
  operation?: Operation | readonly Operation[] | undefined;
  /** Only calls for this source meet it. Calls about file containers are for no source. @default calls for any */
  sourceId?: string | undefined;
  /** Only calls that set this status meet it. @default calls that set any */
  statusType?: StatusType | undefined;
};

/** Fields that faults share. */
export interface FaultFields {
  /** The delay of the answer, in milliseconds. The call takes effect when it arrives. @default 0 */
  delayMs?: number | undefined;
  /**
   * Lets the call take effect although the answer says otherwise. Not for an answer that refuses (a 4xx but 408)
   * or redirects. A call that the service would refuse never takes effect.
   *
   * @default false; true for an answer below 300
   */
  applied?: boolean | undefined;
  /** More headers. They replace those of the emulator, CORS included. */
  headers?: { readonly [name: string]: string } | undefined;
}

/** Names that a fault does not have. */
export type Without<Name extends string> = { [Field in Name]?: undefined };

/** An answer with this status instead of the service's own. */
export interface AnswerFault extends FaultFields, Without<"redirect" | "stall" | "reset"> {
  /** 200 to 599; for 300 to 399 see {@link RedirectFault}. */
  status: number;
  /** @default the documented code; where there is none, the reason phrase of HTTP in capitals */
  errorCode?: string | undefined;
  /** @default the reason phrase of HTTP */
  message?: string | undefined;
  /**
   * The whole body: text and bytes as they are, any other value as JSON.
   *
   * @default errorCode and message as JSON; for 502, 503 and 504 a gateway's page; for success `{}`
   */
  body?: unknown;
  /** The header `Retry-After`: a number of seconds, or any text as it is. */
  retryAfter?: number | string | undefined;
}

/** A redirect. The call has no effect. */
export interface RedirectFault extends Omit<FaultFields, "applied">, Without<"stall" | "reset" | "applied"> {
  /** The header `Location`, as it is. */
  redirect: string;
  /** @default 302 */
  status?: 301 | 302 | 303 | 307 | 308 | undefined;
}

/** No answer, until the client gives up or the emulator is closed. */
export type StallFault = {
  /** The fault. */
  stall: true;
} & Pick<FaultFields, "applied"> &
  Without<"status" | "redirect" | "reset" | "delayMs" | "headers">;

/** A reset connection instead of an answer. On a reused connection, Chromium repeats the call by itself. */
export type ResetFault = {
  /** The fault. */
  reset: true;
} & Pick<FaultFields, "applied" | "delayMs"> &
  Without<"status" | "redirect" | "stall" | "headers">;

/** The service's own answer, with a delay. */
export type DelayFault = {
  /** The delay, in milliseconds. */
  delayMs: number;
} & Without<"status" | "redirect" | "stall" | "reset" | "headers" | "applied">;

/** Options of `Emulator.failRandomly`. */
export interface RandomFaults {
  /** The share of the calls that fail, 0 to 1. */
  rate: number;
  /** @default 1 */
  seed?: number | string | undefined;
  /** The faults to choose from, each as likely as the others. @default status 429, 500, 503, and a reset */
  faults?: readonly Fault[] | undefined;
  /** Only calls for this operation, or for one of these, count. @default calls for any */
  operation?: Operation | readonly Operation[] | undefined;
}

/** The planned faults. */
export interface PlannedFaults {
  /** The faults of `Emulator.failNext`, with their remaining `times`. */
  readonly next: readonly NextFault[];
  /** The last call of `Emulator.failRandomly`, or `null`. */
  readonly random: RandomFaults | null;
}
