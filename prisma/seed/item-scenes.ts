/** Scenes that people make with items, each by the right of their role. */
import { adviseEscalation } from "@/lib/areas/escalation/acts/advise";
import { assignEscalation } from "@/lib/areas/escalation/acts/assign";
import { cancelEscalation } from "@/lib/areas/escalation/acts/cancel";
import { claimEscalation } from "@/lib/areas/escalation/acts/claim";
import { commentEscalation } from "@/lib/areas/escalation/acts/comment";
import { openEscalation } from "@/lib/areas/escalation/acts/open";
import { reportFinding } from "@/lib/areas/escalation/acts/report";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import type { EscalationPath } from "@/lib/model/paths";
import type { Role } from "@/lib/model/roles";
import type { Severity } from "@/lib/model/severities";
import { as, nameOf, type Scene, type Stage } from "./scene";

type Wanted = { path: Exclude<EscalationPath, "policy_denial">; subject: string; severity?: Severity; by?: Role };

/** Opens an item; answers it as it is first looked at. */
async function open(
  stage: Stage,
  { path, subject, severity, by = "tech_lead" }: Wanted,
): Promise<{ id: string; version: number }> {
  const { id } = await openEscalation(as(stage, by), {
    path,
    subject: `${subject} ${nameOf(stage)}`,
    reason: "Seen while the scene was played",
    owner: "ana:shop",
    lane: "standard",
    severity: severity ?? null,
  });
  return { id, version: 1 };
}

export const everyPath: Scene = {
  says: "An item of each path that people open, an incident of each severity among them.",
  async play(stage) {
    await open(stage, { path: "contract_drift", subject: "codex adapter drifts" });
    await open(stage, { path: "integrity", subject: "Audit log without its head" });
    for (const severity of ["P1", "P2", "P3", "P4"] as const)
      await open(stage, { path: "incident", subject: `Incident ${severity}`, severity });
    await openEscalation(as(stage, "operator"), {
      path: "policy_denial",
      subject: `run_by_hand_${nameOf(stage)}`,
      reason: "Blocked by hand",
      owner: null,
      lane: "standard",
      slaMinutes: 30,
    });
    return `Seven items whose names end in ${nameOf(stage)}.`;
  },
};

export const everyStage: Scene = {
  says: "An item at each stage of its life: open, claimed, assigned, looked into and advised, resolved, cancelled.",
  async play(stage) {
    const incident = (subject: string) => open(stage, { path: "incident", subject, severity: "P3" });
    await incident("Nobody's yet");
    await claimEscalation(as(stage, "operator"), await incident("Claimed"));
    await assignEscalation(as(stage, "tech_lead"), { ...(await incident("Assigned")), toId: stage.people.operator.id });
    const drift = await open(stage, { path: "contract_drift", subject: "Looked into" });
    await reportFinding(as(stage, "tech_lead"), {
      ...drift,
      finding: "The provider renamed a field; the adapter must follow.",
      adapterChange: true,
    });
    const { id } = await open(stage, { path: "integrity", subject: "Advised", by: "security" });
    await commentEscalation(as(stage, "tech_lead"), { id, version: 1, text: "The head differs since the restart." });
    await adviseEscalation(as(stage, "stakeholder"), {
      id,
      version: 2,
      text: "Tell the auditors before it is closed.",
    });
    await resolveEscalation(as(stage, "operator"), {
      ...(await incident("Resolved")),
      outcome: "unblocked",
      note: "The provider is back.",
      lateCause: null,
    });
    await cancelEscalation(as(stage, "operator"), {
      ...(await incident("Cancelled")),
      note: "Opened by mistake.",
      lateCause: null,
    });
    return `Seven items whose names end in ${nameOf(stage)}.`;
  },
};
