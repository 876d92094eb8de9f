import type { IconName } from "@/components/ui/icon";
import type { EscalationPath } from "@/lib/model/paths";

type Words = { short: string; one: string; icon: IconName };

/** How a path is called where there is room for a word only, and in a sentence. */
export const pathWords: Readonly<Record<EscalationPath, Words>> = {
  policy_denial: { short: "Denial", one: "policy denial", icon: "cross" },
  contract_drift: { short: "Drift", one: "contract drift", icon: "wave" },
  integrity: { short: "Integrity", one: "integrity failure", icon: "file" },
  incident: { short: "Incident", one: "incident", icon: "alert" },
};
