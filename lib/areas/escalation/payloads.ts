import type { Standing } from "@/lib/kernel/chain/payloads";

/** An act on an item. */
type OnItem<What extends object = object> = { before: Standing; after: Standing & { level?: number } & What };
type Ids = { count: number; ids: string[] };
/** What thegent's files hold now: a record added, records closed by a word, an override until an instant. */
export type TakenUp = { added: true } | { word: string; closedRecords: number } | { honouredUntil: string };
/** By hand, or again what was closed. */
export type Opened = { path: string; subject: string; reason: string } | { reopens: string; reason: string };
type View = { name: string; query: string; shared: boolean };

declare module "@/lib/kernel/chain/payloads" {
  interface Payloads {
    "escalation.open": { before: null; after: { opened: true } & Opened };
    "escalation.trigger": {
      before: null;
      after: { opened: true; path: string; subject: string; reason: string; severity: string | null };
    };
    "escalation.reopen":
      | { before: { status: string }; after: { reopenedAs: string; reason: string } }
      | { before: null; after: { opened: true } & Opened };
    "escalation.claim": OnItem;
    "escalation.release": OnItem;
    "escalation.assign": OnItem<{ toId: string; to: string | null }>;
    "escalation.report": OnItem<{ finding: string | null; adapterChange: boolean }>;
    "escalation.comment": OnItem<{ text: string }>;
    "escalation.advise": OnItem<{ text: string }>;
    "escalation.resolve": OnItem<{ outcome: string | null; note: string | null; lateCause: string | null }>;
    "escalation.cancel": OnItem<{ note: string | null; lateCause: string | null }>;
    "escalation.sign-off": OnItem<{ signedOff: boolean; note: string }>;
    "escalation.add-again": OnItem<{ addedAgain: boolean }>;
    "escalation.retry": { before: { effect: string }; after: { effect: string } };
    "escalation.take-up": {
      before: { effect: "pending" };
      after: { effect: "applied" } & TakenUp;
    };
    "escalation.escalate":
      | { before: { claimedById: string }; after: { returned: true; lateMs: number } }
      | {
          before: { level: number };
          after: { level: number; clock: string; missed: boolean; to: string[]; lateMs: number };
        };
    "escalation.sync": {
      before: null;
      after: { [What in "opened" | "updated" | "closed" | "lost" | "found" | "reapplied"]?: Ids };
    };
    "view.keep": { before: View | null; after: View | null };
  }
}
