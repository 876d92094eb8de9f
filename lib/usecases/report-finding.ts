import "server-only";
import { raisedTell } from "@/lib/domain/escalation/tells";
import { decideReport } from "@/lib/domain/escalation/transitions";
import { paths } from "@/lib/domain/escalation/paths";
import { quietMinutesOf } from "@/lib/domain/operating-model/settings";
import { env } from "@/lib/env";
import { changeEscalation, type Target } from "./change-escalations";
import type { Context } from "./context";

/** What was found out. "Adapter change required" raises contract drift to the Product Owner at once. */
export const reportFinding = (ctx: Context, { finding, adapterChange, ...target }: Target & { finding: string; adapterChange: boolean }): Promise<void> =>
  changeEscalation(ctx, "escalation.report", target, {
    decide: (item, by) => decideReport(item, { ...by, finding, adapterChange, quietMinutes: quietMinutesOf(env().settings) }),
    says: (next) => ({ finding, adapterChange: next.adapterChange }),
    tells: (next, before) => {
      const raise = next.adapterChange && !before.adapterChange ? paths[next.path].adapterChange : null;
      return raise ? [raisedTell(raise.level, raise.to, raise.activity)] : [];
    },
  });
