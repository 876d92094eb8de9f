import path from "node:path";
import { DutyBadge } from "@/components/duty/duty-badge";
import { PastSlaCount } from "@/components/escalation/past-sla-count";
import { InboxBell, UnreadCount } from "@/components/inbox/unread-count";
import { AwaitingCount } from "@/components/override/awaiting-count";
import { PageOwner } from "@/components/shell/page-owner";
import { env } from "@/lib/kernel/env";
import { currentPerson } from "@/lib/kernel/session/current-person";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { roleNames } from "@/lib/model/roles";
import { drawnFor } from "./access";
import { leaveDuty, takeDuty } from "./duty/actions";

/** Which session directory of thegent's this is. */
export function SourcePanel() {
  const directory = env().sessionDir;
  return (
    <p className="flex min-w-0 items-baseline gap-2 max-sm:shrink-0">
      <span className="font-semibold whitespace-nowrap">thegent cockpit</span>
      {directory && (
        <bdi title={directory} className="truncate font-mono text-sm text-muted max-sm:hidden">
          {path.basename(directory)}
        </bdi>
      )}
    </p>
  );
}

/** The shell must stand even where its figures cannot be read: the page inside it says what is wrong, and its error has a way on. */
const whoever = () => currentPerson().catch(() => null);

export async function PersonPanel() {
  const person = await whoever();
  if (!person) return null;
  const roles = person.roles.map((role) => roleNames[role]).join(", ") || "no role yet";
  return (
    <p className="min-w-0 truncate text-sm max-sm:sr-only" title={`${person.name} · ${roles}`}>
      <bdi className="font-medium">{person.name}</bdi> <span className="text-muted">{roles}</span>
    </p>
  );
}

/** Whose page this is, which the browser watches over. */
export async function OwnerPanel() {
  const person = await whoever();
  return person && <PageOwner person={{ id: person.id, name: person.name }} />;
}

/** The figures are asked for by the page once it stands: they cost the server nothing while it draws. */
const mayRead = async (action: "escalation.view" | "inbox.read" | "duty.view" | "override.view"): Promise<boolean> =>
  decide(operatingModel, action, await whoever()).allowed;

export async function QueueCountPanel() {
  return (await mayRead("escalation.view")) && <PastSlaCount />;
}

export async function BellPanel() {
  return (await mayRead("inbox.read")) && <InboxBell />;
}

export async function OverrideCountPanel() {
  return (await mayRead("override.view")) && <AwaitingCount />;
}

export async function UnreadPanel() {
  return (await mayRead("inbox.read")) && <UnreadCount />;
}

export async function DutyPanel() {
  const person = await whoever();
  return (
    person &&
    (await mayRead("duty.view")) && (
      <DutyBadge meId={person.id} actions={drawnFor(person, { take: takeDuty, leave: leaveDuty })} />
    )
  );
}
