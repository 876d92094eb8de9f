import type { Metadata } from "next";
import Link from "next/link";
import { Reasons } from "@/components/act/refusals";
import { NewItem } from "@/components/escalation/new-item";
import { closedPaths, firstPath, type MayOpen } from "@/components/escalation/prepare-new";
import { Refused } from "@/components/shell/refused";
import { toMayDo } from "@/lib/kernel/act/may-do";
import { env } from "@/lib/kernel/env";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import type { EscalationPath } from "@/lib/model/paths";
import { slaMinutesOf } from "@/lib/model/settings";
import { access, drawnFor } from "../../access";
import { openEscalation } from "../actions";

export const metadata: Metadata = { title: "New item" };

type Props = { searchParams: Promise<{ path?: string | string[] }> };

export default async function NewItemPage({ searchParams }: Props) {
  const { path } = await searchParams;
  const { person, decision } = await access("escalation.view", "/escalations/new");
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  const may = mayOpen(person);
  const first = firstPath(may, typeof path === "string" ? path : undefined);
  return (
    <div className="space-y-3 px-4 pt-2 pb-8">
      <header>
        <p className="text-sm text-muted">
          <Link href="/escalations" className="text-accent underline">
            Escalations
          </Link>{" "}
          / by hand
        </p>
        <h1 className="text-lg font-semibold">New item</h1>
      </header>
      {first ? (
        <NewItem
          may={may}
          first={first}
          slaMinutes={slaMinutesOf(env().settings)}
          {...drawnFor(person, { open: openEscalation })}
        />
      ) : (
        <NothingToOpen may={may} />
      )}
    </div>
  );
}

/** The rights as the matrix gives them, path by path. */
function mayOpen(person: PersonActor): MayOpen {
  const of = (path: EscalationPath) => toMayDo(decide(operatingModel, "escalation.open", person, path));
  return {
    policy_denial: of("policy_denial"),
    contract_drift: of("contract_drift"),
    integrity: of("integrity"),
    incident: of("incident"),
  };
}

function NothingToOpen({ may }: { may: MayOpen }) {
  return (
    <div className="max-w-3xl space-y-3">
      <p>You may not open items by hand. Ask one of those who may:</p>
      <Reasons of={closedPaths(may)} />
    </div>
  );
}
