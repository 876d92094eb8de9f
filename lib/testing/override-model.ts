/** A second, simpler telling of who may do what with overrides and when, for the tests to hold the product against. */
import type { PersonActor } from "@/lib/model/decide";
import type { Role } from "@/lib/model/roles";

export type Person = Omit<PersonActor, "roles"> & { roles: Role[] };
type Delegated = { from: Person; to: Person; since: number; until: number };
/** Of a request, what rules it; `over`: by whatever. Instants in milliseconds. */
export type Told = {
  id: string;
  owner: string;
  item: boolean;
  by: Person;
  seconds: number;
  consultUntil: number;
  state: "requested" | "in force" | "over";
  end: number;
};

const ttlSeconds = 86_400;

export class OverrideModel {
  now = Date.parse("2026-03-01T10:00:00.000Z");
  readonly told: Told[] = [];
  readonly delegated: Delegated[] = [];

  constructor(readonly people: readonly Person[]) {}

  asks = (by: Person, owner: string, item: boolean, seconds: number): boolean =>
    has(by, "operator", "product_owner") &&
    isValidity(seconds, ttlSeconds) &&
    (item || !this.told.some((one) => one.state === "requested" && !one.item && one.owner === owner));

  renews = (by: Person, old: Told): boolean =>
    has(by, "operator", "product_owner") &&
    (old.state === "in force" || (old.state === "over" && old.end !== 0)) &&
    !this.told.some((one) => one.state === "requested" && !one.item && one.owner === old.owner);

  advises = (by: Person, one: Told): boolean => has(by, "security") && one.state === "requested" && one.by !== by;

  /** In whose name this person could decide now: their own, or of who delegated to them. */
  names(by: Person): (Person | null)[] {
    if (has(by, "product_owner")) return [null];
    if (!has(by, "security")) return [];
    return this.delegated
      .filter(
        ({ from, to, since, until }) =>
          to === by && has(from, "product_owner") && since <= this.now && this.now < until,
      )
      .map(({ from }) => from);
  }

  /** "either": somebody delegates to this person who asked, and somebody else does too. */
  decides(by: Person, one: Told, isReasoned: boolean): boolean | "either" {
    const names = this.names(by);
    const allowed = names.filter((name) => name !== one.by);
    if (one.state !== "requested" || one.by === by || !allowed.length || (this.now < one.consultUntil && !isReasoned))
      return false;
    return allowed.length === names.length ? true : "either";
  }

  approves(by: Person, one: Told, isReasoned: boolean, seconds: number): boolean | "either" {
    return isValidity(seconds, one.seconds) && this.decides(by, one, isReasoned);
  }

  withdraws = (by: Person, one: Told): boolean =>
    has(by, "operator", "product_owner") && one.by === by && one.state === "requested";
  revokes = (by: Person, one: Told): boolean =>
    has(by, "operator", "product_owner") && one.state === "in force" && this.now < one.end;
  delegates = (from: Person, to: Person, since: number, until: number): boolean =>
    has(from, "product_owner") && has(to, "security") && from !== to && until > since && until > this.now;
}

const isValidity = (seconds: number, most: number): boolean =>
  seconds === Math.trunc(seconds) && seconds >= 60 && seconds <= most;
const has = ({ roles }: Person, ...some: Role[]): boolean => some.some((role) => roles.includes(role));
