import "server-only";
import { cookies, headers } from "next/headers";
import type { NextApiRequest } from "next";
import { getToken } from "next-auth/jwt";
import { cache } from "react";
import { z } from "zod";
import { systemClock } from "@/lib/kernel/time";
import type { PersonActor } from "@/lib/model/decide";
import { findSession, type Session } from "./find-session";
import { sessionCookies } from "./session-cookie";

const sessionId = z.uuid();

/** What of a request says whose it is, as Next has it. */
type Asked = { cookies: { getAll(): { name: string; value: string }[] }; headers: Headers };

/** The session a request belongs to, with the roles the database gives its person now; null when it has ended, or there is none. */
export async function sessionOf(request: Asked): Promise<Session | null> {
  // getToken reads only cookies and headers; its type asks for a whole request.
  const token = await getToken({ req: request as unknown as NextApiRequest });
  const id = sessionId.safeParse(token?.sub);
  return id.success ? findSession(id.data, systemClock()) : null;
}

/** The session this request belongs to. Read once a request. */
export const currentSession = cache(async () => sessionOf({ cookies: await cookies(), headers: await headers() }));

/** Who is signed in; null when nobody is. */
export const currentPerson = async (): Promise<PersonActor | null> => (await currentSession())?.person ?? null;

/** The browser has a session's cookie, and there is no such session: it was ended, or its time was over. */
export async function sessionHasEnded(): Promise<boolean> {
  const jar = await cookies();
  return sessionCookies.some((name) => jar.has(name)) && (await currentSession()) === null;
}
