import type { QueueSummary } from "@/lib/areas/escalation/contract";
import { sayCount } from "@/lib/kernel/words/quantities";

/** The name of the breaches' tab: with the figure where it is known, without one where it is not. */
export const sayBreachesTab = (summary: Pick<QueueSummary, "breaches"> | undefined): string =>
  summary ? `Breaches ${sayCount(summary.breaches)}` : "Breaches";
