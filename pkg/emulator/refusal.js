import { errorAnswer } from "./answer.js";

/** Thrown where the service refuses a call. It holds the answer. */
export class Refusal extends Error {
  constructor(answer) {
    super(`answered ${answer.httpStatus}`);
    this.answer = answer;
  }
}

export function refuse(httpStatus, message, errorCode) {
  throw new Refusal(errorAnswer(httpStatus, { message, errorCode }));
}
