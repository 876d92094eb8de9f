import type { ErrorCode } from "@/lib/kernel/errors";

/** What every server action answers. `message` is a sentence for the person; `requestId` finds the rest in the log. */
export type ActionResult<T> =
  | { ok: true; data: T }
  | { ok: false; error: { code: ErrorCode; message: string; requestId: string; fields?: Record<string, string> } };

/** The id of the person for whom the page was drawn on which an act is pressed: the first argument of every act. */
export type PageOf = string;
