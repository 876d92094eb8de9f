/**
 * What stands in the database beside the chain. The chain may be whole and yet not tell of what stands there: somebody with direct access
 * emptied it together with its head, or gave themselves a role. Every act that gives or takes roles says all that are left.
 */
import type { Finding, StoredEvent } from "@/lib/kernel/chain/verify-chain";
import { isRole, type Role } from "@/lib/model/roles";

export type Holding = { id: string; name: string; roles: readonly Role[] };

export type Standing = { people: readonly Holding[]; escalations: number; overrides: number };

const givesRoles = ["person.add", "person.set-roles"];

type Given = { seq: bigint; roles: readonly string[] };

/** Feeds on events in their order, one at a time, then answers what stands there that no event tells of, or does not though one does. */
export class StandingVerifier {
  private readonly given = new Map<string, Given>();
  private events = 0;

  add({ seq, body }: Pick<StoredEvent, "seq" | "body">): void {
    this.events++;
    const event = read(body);
    if (event) this.given.set(event.personId, { seq, roles: event.roles });
  }

  compare({ people, escalations, overrides }: Standing): Finding[] {
    if (this.events === 0 && people.length + escalations + overrides > 0) {
      return [
        {
          kind: "emptied",
          seq: "0",
          says: `There is no event at all, but the database holds people (${people.length}), escalations (${escalations}) and overrides (${overrides}): the whole chain is gone.`,
        },
      ];
    }
    const there = new Set(people.map(({ id }) => id));
    const missing = [...this.given].filter(([id, { roles }]) => !there.has(id) && roles.length > 0);
    return [
      ...people.flatMap((person) => this.compareOne(person)),
      ...missing.map(([id, { seq }]): Finding => ({
        kind: "role",
        seq: seq.toString(),
        says: `Event ${seq} gave roles to the person ${id}, who is not in the database.`,
      })),
    ];
  }

  private compareOne({ id, name, roles }: Holding): Finding[] {
    const given = this.given.get(id);
    const by = given?.roles.filter(isRole) ?? [];
    const [extra, gone] = [roles.filter((role) => !by.includes(role)), by.filter((role) => !roles.includes(role))];
    const about = { kind: "role" as const, seq: (given?.seq ?? 0n).toString() };
    return [
      ...(extra.length
        ? [{ ...about, says: `${name} (${id}) holds ${extra.join(", ")} in the database, which no event gave.` }]
        : []),
      ...(gone.length
        ? [
            {
              ...about,
              says: `${name} (${id}) does not hold ${gone.join(", ")} in the database, which event ${about.seq} gave and none took away.`,
            },
          ]
        : []),
    ];
  }
}

function read(body: string): { personId: string; roles: string[] } | null {
  // Most events are others: their text is not taken apart.
  if (!givesRoles.some((action) => body.includes(`"action":"${action}"`))) return null;
  try {
    const { action, outcome, subject, after } = JSON.parse(body) as {
      action?: string;
      outcome?: string;
      subject?: { id?: unknown };
      after?: { roles?: unknown };
    };
    if (
      outcome !== "done" ||
      !givesRoles.includes(action ?? "") ||
      typeof subject?.id !== "string" ||
      !Array.isArray(after?.roles)
    )
      return null;
    return { personId: subject.id, roles: after.roles.filter((role): role is string => typeof role === "string") };
  } catch {
    return null;
  }
}
