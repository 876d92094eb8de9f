import "server-only";
import { listPeople } from "@/lib/areas/person/port";
import { whyNoScene } from "@/lib/areas/source/domain/scene-place";
import { listSources } from "@/lib/areas/source/store/registration";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { CockpitError } from "@/lib/kernel/errors";
import { findActor } from "@/lib/kernel/session/find-actor";
import type { PersonActor } from "@/lib/model/decide";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { roleNames, roles, type Role } from "@/lib/model/roles";

type When = { now: Date; requestId: string };
export type Players = Record<Role, PersonActor>;

/**
 * From the command line: that a scene is played on the sample, and who plays in it, one person of each role. What they then do is theirs, and
 * recorded as such under the same request. Throws REJECTED where anything but the sample's could be touched; then nothing is written.
 */
export async function beginScene(when: When, name: string, directory: string): Promise<Players> {
  const players = await findPlayers();
  const grant = grantSystem(operatingModel, "sample.seed", "command line");
  await inTransaction(async (tx) => {
    const because = whyNoScene(await listSources(tx), directory);
    if (because) throw new CockpitError("REJECTED", because);
    await appendAudit(tx, doneEvent(grant, when, { kind: "scene", id: name }, null, { directory }));
  });
  return players;
}

async function findPlayers(): Promise<Players> {
  const people = (await listPeople()).filter(({ disabledAt }) => !disabledAt);
  const found = await Promise.all(
    roles.map(async (role) => {
      // Whoever holds this role alone, if there is one: their acts show what the role may.
      const holders = people
        .filter((person) => person.roles.includes(role))
        .sort((a, b) => a.roles.length - b.roles.length);
      const actor = holders[0] && (await findActor(holders[0].id));
      if (!actor)
        throw new CockpitError("REJECTED", `A scene needs somebody of each role, and nobody is ${roleNames[role]}.`);
      return [role, actor] as const;
    }),
  );
  return Object.fromEntries(found) as Players;
}
