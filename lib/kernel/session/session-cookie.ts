/** next-auth's names of the session's cookie: over http, and over https. */
export const sessionCookies = ["next-auth.session-token", "__Secure-next-auth.session-token"] as const;

/** What takes the cookie from a browser, as Set-Cookie headers: under either name, with the marks it was set with. */
export const removedSessionCookies: readonly string[] = sessionCookies.map(
  (name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${name.startsWith("__Secure-") ? "; Secure" : ""}`,
);
