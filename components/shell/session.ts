/** Signing in and out by next-auth's own routes; its client library would cost every page more script than these lines. */

export type SignInAnswer = { ok: true } | { ok: false; says: string };

/** The tabs of a browser hear over it that somebody signed in or out. */
export const personChannel = "cockpit-person";

const unreachable = "The cockpit's server cannot be reached. Try again in a moment.";

async function post(path: string, fields: Record<string, string>): Promise<{ url?: string } | null> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf", { cache: "no-store" })).json()) as { csrfToken: string };
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams({ ...fields, csrfToken, json: "true" }), redirect: "follow" });
  return (await answer.json().catch(() => null)) as { url?: string } | null;
}

/** Tells the other tabs of this browser that somebody else may be signed in now. */
function tellTabs(): void {
  const channel = new BroadcastChannel(personChannel);
  channel.postMessage(null);
  channel.close();
}

/** Signs in, or says why not in one sentence. */
export async function signIn(email: string, password: string): Promise<SignInAnswer> {
  try {
    const answer = readSignIn(await post("/api/auth/callback/credentials", { email, password }));
    if (answer.ok) tellTabs();
    return answer;
  } catch {
    return { ok: false, says: unreachable };
  }
}

/** What next-auth's answer means: it is an address, whose `error` says that and why it was refused. */
export function readSignIn(answer: { url?: string } | null): SignInAnswer {
  if (!answer?.url) return { ok: false, says: unreachable };
  const error = new URL(answer.url, "http://cockpit.invalid").searchParams.get("error");
  if (!error) return { ok: true };
  const [word, seconds] = error.split(":");
  if (word !== "RateLimited") return { ok: false, says: "That e-mail address and password do not belong together." };
  const minutes = Math.max(1, Math.ceil(Number(seconds) / 60) || 1);
  return { ok: false, says: `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.` };
}

/** Ends the session; false when the server could not be reached. */
export async function signOut(): Promise<boolean> {
  try {
    const done = (await post("/api/auth/signout", {})) !== null;
    if (done) tellTabs();
    return done;
  } catch {
    return false;
  }
}

/** Where to go after signing in: a path of ours, or the start. Anything that a browser would read as another site is not followed. */
export function safeNext(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !/^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(next)) return "/";
  return next;
}
