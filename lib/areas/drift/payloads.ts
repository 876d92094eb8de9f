import type { SweepPart, PartVerdict } from "@/lib/areas/drift/domain/sweep-result";
import type { Standing } from "@/lib/kernel/chain/payloads";
import type { Answer, Decision, Evidence } from "./domain/review";
import type { Shown } from "./domain/shown";

/** An episode as it stood, or stands; its version is its item's. */
type OnEpisode<What extends object = object> = { before: Standing; after: Standing & { level?: number } & What };
type Answered = OnEpisode<{
  answer: Answer | null;
  note: string | null;
  /** Of what was approved; null for a refusal, which is bound to nothing. */
  shownHash: string | null;
  until: string | null;
}>;

/** How a sweep stood, or stands. `problem`: why it ended without a result. */
type SweepStanding =
  | { status: "asked" | "running" }
  | { status: "failed"; problem: string }
  | ({ status: "done" } & Record<SweepPart, PartVerdict>);

declare module "@/lib/kernel/chain/payloads" {
  interface Payloads {
    "drift.sweep": { before: null; after: SweepStanding };
    "drift.run-sweep": { before: SweepStanding | null; after: SweepStanding };
    "drift.recover": { before: Standing; after: Standing & { quietMinutes: number } };
    "drift.investigate": OnEpisode;
    "drift.decide": OnEpisode<{
      decision: Decision;
      cause: string | null;
      note: string | null;
      evidence: Evidence[];
      days: number | null;
      shown: Shown | null;
      shownHash: string | null;
      lateCause: string | null;
    }>;
    "drift.finish": OnEpisode<{ note: string | null; lateCause: string | null }>;
    "drift.decide-change": Answered;
    "drift.decide-waiver": Answered;
    /** `returnedAs`: the episode that the drift returned as; null: it had gone. */
    "drift.end-waiver": { before: { status: "accepted"; until: string }; after: { returnedAs: string | null } };
  }
}
