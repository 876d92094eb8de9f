/**
 * Errors have a code. What a code's error says is meant for people; whatever else went wrong stays in the log under the request id.
 */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "INVALID"
  | "CONFLICT"
  | "OTHER_PERSON"
  | "REJECTED"
  | "RATE_LIMITED"
  | "UNAVAILABLE"
  | "INTERNAL";

export const httpStatus: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID: 400,
  CONFLICT: 409,
  /** The page was drawn for somebody else than who is signed in now. */
  OTHER_PERSON: 409,
  REJECTED: 422,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** An expected failure; its message is a sentence for the person who acted. `fields` says which inputs are meant. */
export class CockpitError extends Error {
  override readonly name = "CockpitError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly fields?: Record<string, string>,
  ) {
    super(message);
  }
}

/** Duck-typed, because bundling can duplicate a class. */
export function isCockpitError(error: unknown): error is CockpitError {
  return error instanceof Error && error.name === "CockpitError" && "code" in error;
}

/** The program cannot start: what is wrong, and what to do. Printed as one line, without a stack trace. */
export class StartError extends Error {
  override readonly name = "StartError";
  constructor(
    what: string,
    readonly remedy: string,
  ) {
    super(what);
  }
}
