import { z } from "zod";
import type { Instant } from "@/lib/kernel/contract";
import { noticeKinds, type NoticeKind, type Step } from "@/lib/kernel/notice/steps";
import type { EscalationPath } from "@/lib/model/paths";
import type { Letter, Role } from "@/lib/model/roles";

/** What a notice can be about. */
type NoticeSubject = "escalation" | "override";

/** How a notice fares outside the page. */
export type DeliveryView = {
  channel: "email" | "webhook";
  status: "pending" | "delivered" | "failed" | "dropped";
  attempts: number;
  lastError: string | null;
  deliveredAt: Instant | null;
};

/** One line of the inbox: like notices folded into one. */
export type InboxEntry = {
  /** Of the newest of them. */
  id: string;
  kind: NoticeKind;
  step: Step;
  role: Role;
  letter: Letter;
  standsInFor: Role | null;
  /** Items in it, repeats of one item not counted twice. */
  items: number;
  /** How often it was told altogether. */
  count: number;
  /**
   * The newest item. Of an override the subject is its owner and the reason its justification, it has no path, and it is due for its
   * "decision" or, once decided in favour, at its "end".
   */
  item: {
    kind: NoticeSubject;
    id: string;
    path: EscalationPath | null;
    subject: string;
    reason: string;
    owner: string | null;
    status: string;
    dueAt: Instant;
    dueClock: string;
  };
  lastAt: Instant;
  unread: boolean;
  /** Still waits for somebody; false: settled, and by which act. */
  standing: boolean;
  endedByAction: string | null;
  /** null: the cockpit itself, or nobody yet. */
  endedBy: string | null;
  deliveries: DeliveryView[];
};

export const inboxQuerySchema = z.object({
  show: z.enum(["standing", "all"]).catch("standing"),
  kind: z.enum(noticeKinds).optional().catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
});
export type InboxQuery = z.infer<typeof inboxQuerySchema>;

export type InboxPage = { rows: InboxEntry[]; next: string | null; now: Instant };

/** Unread standing notices of the reader, by kind; and whether sending outside the page fails. */
export type InboxCounts = {
  unread: Record<NoticeKind, number>;
  failing: { channel: "email" | "webhook"; failed: number; lastError: string | null }[];
};

/** Marks as read: the entry with everything folded into it, or all. */
export const markReadSchema = z.object({
  id: z
    .uuid("That is not the id of a notice.")
    .nullish()
    .transform((id) => id ?? null),
  read: z.boolean().default(true),
});
export type MarkReadInput = z.input<typeof markReadSchema>;

export const emailKindsSchema = z.object({ kinds: z.array(z.enum(noticeKinds)).max(3) });
export type EmailKindsInput = z.input<typeof emailKindsSchema>;
