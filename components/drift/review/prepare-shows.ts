import type { BeforeAfter, Sums } from "@/lib/areas/drift/contract-views";
import { sayPercent } from "@/lib/areas/drift/words";
import { sayCount } from "@/lib/kernel/words/quantities";

const share = (count: number, of: number): string => sayPercent(of ? (count / of) * 100 : null);

/** The columns of before and since; each value is said beside how many it is taken of. */
export const measures: readonly { id: string; head: string; say: (sums: Sums) => string }[] = [
  { id: "lines", head: "Lines", say: ({ lines }) => sayCount(lines) },
  { id: "structural", head: "Structural", say: ({ structural, lines }) => share(structural, lines) },
  { id: "semantic", head: "Semantic", say: ({ semantic, lines }) => share(semantic, lines) },
  { id: "outputs", head: "Outputs", say: ({ outputs }) => sayCount(outputs) },
  { id: "plain", head: "Plain text", say: ({ fallbacks, outputs }) => share(fallbacks, outputs) },
  { id: "success", head: "Success", say: ({ successes, outputs }) => share(successes, outputs) },
  { id: "confidence", head: "Confidence", say: ({ confidence }) => confidence?.toFixed(2) ?? "–" },
];

/** "2.0 % → 18.0 %"; a side without a line is a dash. */
export const sayBoth = ({ before, after }: BeforeAfter, say: (sums: Sums) => string): string =>
  `${before ? say(before) : "–"} → ${after ? say(after) : "–"}`;
