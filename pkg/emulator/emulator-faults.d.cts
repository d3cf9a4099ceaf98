import type { Operation, StatusType } from "./emulator-records.cjs";

/** What goes wrong with a call. The field without a question mark names it, and excludes the other ones. */
export type Fault = AnswerFault | RedirectFault | StallFault | ResetFault | DelayFault;

/** A {@link Fault}, how many calls meet it, and which. */
export type NextFault = Fault & {
  /** How many calls meet it, at least 1, or `Infinity`. @default 1 */
  times?: number | undefined;
  /** Only calls for this operation meet it, or for one of these. @default calls for any */
  operation?: Operation | readonly Operation[] | undefined;
  /** Only calls for this source meet it; those about file containers are for none. @default calls for any */
  sourceId?: string | undefined;
  /** Only calls that set this status meet it. @default calls that set any */
  statusType?: StatusType | undefined;
};

/** Fields that faults share. */
export interface FaultFields {
  /** By how many milliseconds the answer is late. What the call asks for is done when it arrives. @default 0 */
  delayMs?: number | undefined;
  /**
   * Whether what the call asks for is done although the caller hears nothing of it, or the contrary: not for an
   * answer that refuses (a 4xx but 408) or redirects. A call that the service would refuse does nothing in any case.
   *
   * @default false; true for an answer below 300
   */
  applied?: boolean | undefined;
  /** More headers. They win over those that the emulator sets, CORS included. */
  headers?: { readonly [name: string]: string } | undefined;
}

/** Fields that a fault does not have. */
export type Without<Name extends string> = { [Field in Name]?: undefined };

/** An answer with this status in place of the service's own. */
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
   * @default errorCode and message as JSON; a page for 502, 503 and 504, as of a gateway; `{}` for success
   */
  body?: unknown;
  /** The header `Retry-After`: a number of seconds, or any text as it is. */
  retryAfter?: number | string | undefined;
}

/** A redirect. Nothing is done. */
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

/** A reset in place of an answer. Chromium repeats a call by itself on a connection used before. */
export type ResetFault = {
  /** The fault. */
  reset: true;
} & Pick<FaultFields, "applied" | "delayMs"> &
  Without<"status" | "redirect" | "stall" | "headers">;

/** The service's own answer, but late. */
export type DelayFault = {
  /** How late, in milliseconds. */
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
  /** Only calls for this operation count, or for one of these. @default calls for any */
  operation?: Operation | readonly Operation[] | undefined;
}

/** The faults that are still to come. */
export interface PlannedFaults {
  /** Those of `Emulator.failNext`, with the number of `times` that is left. */
  readonly next: readonly NextFault[];
  /** What `Emulator.failRandomly` set last; `null` if nothing. */
  readonly random: RandomFaults | null;
}
