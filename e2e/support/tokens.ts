/** Session tokens that are none, made from one that is. */
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { decode, encode } from "next-auth/jwt";
import type { Staffed } from "./cockpit";

export const sessionCookie = "next-auth.session-token";

type State = { cookies: { name: string; value: string }[] };

/** The session token of the person of this role. */
const tokenOf = ({ states }: Staffed, role: string): string =>
  (JSON.parse(fs.readFileSync(states[role]!, "utf8")) as State).cookies.find(({ name }) => name === sessionCookie)!
    .value;

/** By what is wrong with it. "nothing" is made in the same way as the others. */
export async function tokens(cockpit: Staffed, role: string): Promise<Record<string, string>> {
  const good = tokenOf(cockpit, role);
  const secret = fs.readFileSync(path.join(cockpit.dataDir, "secret"), "utf8").trim();
  const claims = (await decode({ token: good, secret }))!;
  const { exp: _, iat: __, jti: ___, ...lasting } = claims;
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return {
    nothing: await encode({ token: lasting, secret }),
    garbage: "garbage",
    empty: "",
    "cut short": good.slice(0, -8),
    "another letter": good.replace(/(?<=\.)[^.](?=[^.]*$)/, (letter) => (letter === "A" ? "B" : "A")),
    "another secret": await encode({ token: lasting, secret: "another secret, of forty characters or so" }),
    "no signature at all": `${part({ alg: "none" })}.${part(claims)}.`,
    "an end that has passed": await encode({ token: lasting, secret, maxAge: -3600 }),
    "nobody's id": await encode({ token: { ...lasting, sub: randomUUID() }, secret }),
    "no id": await encode({ token: { ...lasting, sub: undefined }, secret }),
    "an id that is none": await encode({ token: { ...lasting, sub: "1 OR 1=1" }, secret }),
  };
}
