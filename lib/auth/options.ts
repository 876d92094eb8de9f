import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { longestEmail } from "@/lib/areas/person/port";
import { log } from "@/lib/kernel/log";
import { clientAddress } from "./client-address";

/** Longer than any session, so that whoever comes back after it is told that it ended. When it ends is written in its row, not here. */
const cookieSeconds = 24 * 60 * 60;

const credentials = z.object({
  email: z.string().trim().toLowerCase().min(3).max(longestEmail),
  password: z.string().min(1).max(1000),
});

type SignIn = (attempt: {
  email: string;
  password: string;
  address: string;
}) => Promise<{ ok: true; sessionId: string } | { ok: false; waitSeconds: number }>;

/** What next-auth does for us: the form's token against other sites, and the cookie, sealed. It knows of no person, only of a session. */
export const authOptions = (signIn: SignIn): NextAuthOptions => ({
  providers: [
    Credentials({
      name: "Password",
      credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
      async authorize(input, request) {
        const parsed = credentials.safeParse(input);
        if (!parsed.success) return null;
        // What is thrown here goes to the browser word for word.
        const result = await signIn({ ...parsed.data, address: clientAddress(request.headers) }).catch(
          (error: unknown) => {
            log.error({ err: error }, "sign-in failed");
            throw new Error("Unavailable");
          },
        );
        if (!result.ok && result.waitSeconds) throw new Error(`RateLimited:${result.waitSeconds}`);
        return result.ok ? { id: result.sessionId } : null;
      },
    }),
  ],
  session: { strategy: "jwt", maxAge: cookieSeconds },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  callbacks: {
    // The token says which session, nothing else: whose it is, whether it has ended and what they may is read from the database on each request.
    jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub }),
  },
  logger: {
    error: (code) => log.warn({ code }, "sign-in"),
    warn: () => {},
    debug: () => {},
  },
});
