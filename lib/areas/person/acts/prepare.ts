import "server-only";
import { countPeople } from "@/lib/areas/person/read/list";
import { isCockpitError } from "@/lib/kernel/errors";
import { roles, type Role } from "@/lib/model/roles";
import { addPerson, invite } from "./add";

export type Prepared =
  | { kind: "demo"; accounts: { email: string; password: string; role: Role; name: string }[] }
  /** `path` carries the token in its fragment, which browsers never send. */
  | { kind: "invite"; path: string }
  | { kind: "none" };

/** Public knowledge (README); made only on the shipped sample. */
const demoPassword = "cockpit-demo";
const demoPeople: Record<Role, { name: string; email: string }> = {
  operator: { name: "Olga Operator", email: "operator@example.com" },
  tech_lead: { name: "Tariq Lead", email: "lead@example.com" },
  product_owner: { name: "Paula Owner", email: "owner@example.com" },
  security: { name: "Sena Security", email: "security@example.com" },
  stakeholder: { name: "Stan Holder", email: "stakeholder@example.com" },
};

/** At start: five demo people on the sample; elsewhere a one-time link while there is nobody. Safe to repeat. */
export async function preparePeople({
  isSample,
  now,
  requestId,
}: {
  isSample: boolean;
  now: Date;
  requestId: string;
}): Promise<Prepared> {
  if (isSample) {
    const accounts = roles.map((role) => ({ ...demoPeople[role], role, password: demoPassword }));
    if ((await countPeople()) === 0) {
      for (const account of accounts)
        await addPerson({ now, requestId }, { ...account, roles: [account.role] }).catch(unlessTaken);
    }
    return { kind: "demo", accounts };
  }
  if ((await countPeople()) > 0) return { kind: "none" };
  return { kind: "invite", path: `/sign-up#token=${await invite({ now, requestId }, roles)}` };
}

/** A second start at the same moment may have been faster. */
function unlessTaken(error: unknown): void {
  if (!isCockpitError(error) || error.code !== "CONFLICT") throw error;
}
