/**
 * Glossary of notices
 *   notice     one thing that one person is told about one item
 *   step       what happened to the item: what the notice is about, in the words of the item's area
 *   kind       what the reader's letter on the activity makes of it: action for R and A, consult for C, informed for I
 *   standing   not ended: it still waits for somebody
 *   ended      an act settled what it asked for: nothing of it is told any more, here or outside
 */
import type { Activity } from "@/lib/model/matrix";
import type { Letter, Role } from "@/lib/model/roles";

export const noticeKinds = ["action", "consult", "informed"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const kindOfLetter: Readonly<Record<Letter, NoticeKind>> = {
  R: "action",
  A: "action",
  C: "consult",
  I: "informed",
};

export type Step = string;

/** Something to be told, on an activity: to the roles with these letters, to these roles whatever their letter, or to one person. */
export type Tell = {
  step: Step;
  activity: Activity;
  to: { letters: readonly Letter[] } | { roles: readonly Role[] } | { personId: string };
};

/** Which of an item's standing notices end: those about this step alone or about all but it, of these kinds, told to this role (null: to any). */
export type Ending = { only: Step | null; but: Step | null; kinds: readonly NoticeKind[]; role: Role | null };

/** Whether this notice is one of those that end. */
export const ends = (
  { only, but, kinds, role }: Ending,
  notice: { step: Step; kind: NoticeKind; role: Role },
): boolean =>
  (only === null || notice.step === only) &&
  notice.step !== but &&
  kinds.includes(notice.kind) &&
  (role === null || notice.role === role);
