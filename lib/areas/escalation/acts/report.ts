import "server-only";
import { raisedTell } from "@/lib/areas/escalation/domain/tells";
import { decideReport } from "@/lib/areas/escalation/domain/transitions";
import type { Context } from "@/lib/kernel/act/context";
import { env } from "@/lib/kernel/env";
import { paths } from "@/lib/model/paths";
import { quietMinutesOf } from "@/lib/model/settings";
import { changeEscalation, type Target } from "./change-escalations";

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
