import "server-only";
import { coarseNetworkOf, networkOf } from "@/lib/areas/person/domain/network";
import { inTurn } from "@/lib/areas/person/sign-in/in-turn";
import { passwordMatches } from "@/lib/areas/person/sign-in/password";
import { beginAttempt, keyed } from "@/lib/areas/person/sign-in/sign-in-limit";
import { findCredentials, type Credentials } from "@/lib/areas/person/store/people";
import { deleteSession, insertSession, knownSince, rememberAddress } from "@/lib/areas/person/store/sessions";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import type { Session } from "@/lib/kernel/session/find-session";
import { grantSelf } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { tellOfFailure } from "./tell-of-sign-ins";

/** A shift and its handoff; afterwards one signs in again, however busy the session was. */
const sessionHours = 12;

type When = { now: Date; requestId: string };
export type Attempt = { email: string; password: string; address: string };
/** `waitSeconds` 0: e-mail and password do not belong together, or may not. */
export type SignInResult = { ok: true; sessionId: string } | { ok: false; waitSeconds: number };

/** Passwords looked at together for one network: far fewer than it may fail at, so that right ones never count as failures. */
const turn = inTurn(4);

/**
 * Begins a session, which is an event of the chain, unless the attempt fails or too many have failed (lib/areas/person/domain/limit.ts).
 * Answers in the same time for whom there is and whom there is not; what a failure leaves in the chain is written `afterwards`.
 */
export function signIn(
  when: When,
  attempt: Attempt,
  afterwards: (work: () => Promise<void>) => void,
): Promise<SignInResult> {
  const { email, password, address } = attempt;
  const network = networkOf(address);
  return turn(network, async () => {
    const addressHash = keyed("known", email, network);
    const person = await findCredentials(email, addressHash, knownSince(when.now));
    const counted = await beginAttempt({ account: email, network, known: person?.known ?? false });
    if (!counted.goesOn) return { ok: false, waitSeconds: counted.waitSeconds };
    const matches = await passwordMatches(person && !person.disabledAt ? person.passwordHash : null, password);
    const sessionId = matches ? await begin(when, person!, addressHash, address) : null;
    if (sessionId) await counted.giveBack();
    else afterwards(() => tellOfFailure(when, { person, address, fills: counted.fills }));
    return sessionId ? { ok: true, sessionId } : { ok: false, waitSeconds: 0 };
  });
}

/** Null: the password was changed, or the person disabled, while it was looked at. */
function begin(
  when: When,
  { id, name, passwordHash }: Credentials,
  addressHash: string,
  address: string,
): Promise<string | null> {
  const grant = grantSelf(operatingModel, "session.sign-in", { kind: "person", id, name, roles: [] });
  const endsAt = new Date(when.now.getTime() + sessionHours * 3_600_000);
  return inTransaction(async (tx) => {
    const sessionId = await insertSession(tx, grant, passwordHash, when.now, endsAt);
    if (!sessionId) return null;
    await rememberAddress(tx, grant, addressHash, when.now);
    await appendAudit(
      tx,
      doneEvent(grant, when, { kind: "session", id: sessionId }, null, {
        from: coarseNetworkOf(address),
        until: endsAt.toISOString(),
      }),
    );
    return sessionId;
  });
}

/** Ends this session, and with it every copy of its cookie. Nothing happens when it has ended already. */
export function signOut(when: When, { id, person }: Session): Promise<void> {
  const grant = grantSelf(operatingModel, "session.sign-out", person);
  return inTransaction(async (tx) => {
    if (await deleteSession(tx, grant, id))
      await appendAudit(tx, doneEvent(grant, when, { kind: "session", id }, null, null));
  });
}
