import type { SweepPart, PartVerdict } from "@/lib/areas/drift/domain/sweep-result";
import type { Standing } from "@/lib/kernel/chain/payloads";

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
  }
}
