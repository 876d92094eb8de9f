import "server-only";
import { findEscalations } from "@/lib/areas/escalation/store/writes";
import type { EscalationPath } from "@/lib/model/paths";

/** The path that an act on an item is judged by. Who may do nothing of the kind is not told whether there is such an item: it is judged like a policy denial. */
export const pathToJudge = async (id: string): Promise<EscalationPath> =>
  (await findEscalations(null, [id])).get(id)?.path ?? "policy_denial";
