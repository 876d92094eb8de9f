import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { findCredentials } from "@/lib/data/people";
import { log } from "@/lib/log";
import { passwordMatches } from "./password";
import { countAttempt, forgetAttempts } from "./sign-in-limit";

/** A shift and its handoff; afterwards one signs in again. */
export const sessionSeconds = 12 * 60 * 60;

const credentials = z.object({ email: z.string().trim().toLowerCase().min(3).max(254), password: z.string().min(1).max(1000) });

export const authOptions: NextAuthOptions = {
  providers: [
    Credentials({
      name: "Password",
      credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
      async authorize(input, request) {
        const parsed = credentials.safeParse(input);
        if (!parsed.success) return null;
        const { email, password } = parsed.data;
        const address = clientAddress(request.headers);
        const wait = await countAttempt(email, address);
        if (wait) throw new Error(`RateLimited:${wait}`);
        const person = await findCredentials(email);
        if (!(await passwordMatches(person?.passwordHash ?? null, password)) || !person) return null;
        await forgetAttempts(email, address);
        return { id: person.id };
      },
    }),
  ],
  session: { strategy: "jwt", maxAge: sessionSeconds },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  callbacks: {
    // The token says who, nothing else: rights are read from the database on each request.
    jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub }),
    session: ({ session }) => ({ expires: session.expires }),
  },
  logger: {
    error: (code) => log.warn({ code }, "sign-in"),
    warn: () => {},
    debug: () => {},
  },
};

/** The web server puts the true address of the client here (see lib/server/web.mjs). */
export function clientAddress(headers: Record<string, unknown> | undefined): string {
  const forwarded = headers?.["x-forwarded-for"];
  return typeof forwarded === "string" ? (forwarded.split(",")[0] ?? "").trim() || "unknown" : "unknown";
}
