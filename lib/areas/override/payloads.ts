import type { Standing } from "@/lib/kernel/chain/payloads";

type OnOverride<What extends object = object> = { before: Standing; after: Standing & What };
type Ids = { count: number; ids: string[] };

declare module "@/lib/kernel/chain/payloads" {
  interface Payloads {
    "override.request": {
      before: null;
      after: {
        status: "requested";
        owner: string;
        escalationId: string | null;
        previousId: string | null;
        justification: string;
        ticket: string | null;
        seconds: number;
      };
    };
    "override.advise": OnOverride<{ inFavour: boolean; text: string }>;
    /** Of the override: which decision it was; of the item that it closes: whose it is. */
    "override.decide": OnOverride<
      | {
          note: string;
          seconds: number;
          expiresAt: string | null;
          contentHash: string | null;
          forId: string | null;
          withoutConsultation: string | null;
        }
      | { note: string; forId: string | null; withoutConsultation: string | null }
      | { overrideId: string }
    >;
    "override.withdraw": OnOverride;
    "override.revoke": OnOverride<{ reason: string }>;
    "override.pass-time": { before: null; after: { did: "overdue" | "warn" | "expire"; lateMs: number } };
    "override.delegate":
      | { before: null; after: { toId: string; to: string; from: string; until: string } }
      | { before: { holds: true }; after: { holds: false } };
    "override.export": {
      before: null;
      after: {
        of: "overrides";
        format: string;
        tab: string;
        filters: Record<"q" | "status" | "owner" | "from" | "to", string | null>;
        count: number;
      };
    };
    "override.sync": { before: null; after: { found: Ids; ended?: string[]; written?: string[] } };
    "finding.settle": {
      before: { seen: false };
      after: { seen: true; kind: string; of: string; owner: string | null; note: string };
    };
  }
}
