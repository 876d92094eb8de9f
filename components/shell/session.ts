/** Signing in by next-auth's own route; its client library would cost every page more script than these lines. */

export type SignInAnswer = { ok: true } | { ok: false; says: string };

/** The tabs of a browser hear over it that somebody signed in or out. */
export const personChannel = "cockpit-person";

const unreachable = "The cockpit's server cannot be reached. Try again in a moment.";

type Answer = { url?: string; error?: { message: string } } | null;

/** What the web server refuses before it is a form's business comes as a plain sentence. */
async function read(answer: Response): Promise<Answer> {
  if (answer.headers.get("content-type")?.startsWith("text/plain"))
    return { error: { message: (await answer.text()).trim() } };
  return (await answer.json().catch(() => null)) as Answer;
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
    const { csrfToken } = (await (await fetch("/api/auth/csrf", { cache: "no-store" })).json()) as {
      csrfToken: string;
    };
    const body = new URLSearchParams({ email, password, csrfToken, json: "true" });
    const answer = readSignIn(await read(await fetch("/api/auth/callback/credentials", { method: "POST", body })));
    if (answer.ok) tellTabs();
    return answer;
  } catch {
    return { ok: false, says: unreachable };
  }
}

const sentences = new Map([
  ["Stale", "This page stood open for too long. Load it again, and sign in."],
  ["Unavailable", "Signing in does not work at the moment. Try again; if it stays, tell whoever runs the cockpit."],
]);

/** What the answer means: an address whose `error` says that and why it was refused, or an error with its sentence. */
export function readSignIn(answer: Answer): SignInAnswer {
  if (answer?.error) return { ok: false, says: answer.error.message };
  if (!answer?.url) return { ok: false, says: unreachable };
  const error = new URL(answer.url, "http://cockpit.invalid").searchParams.get("error");
  if (error === null) return { ok: true };
  const [word, seconds] = error.split(":");
  if (word !== "RateLimited")
    return { ok: false, says: sentences.get(word!) ?? "That e-mail address and password do not belong together." };
  const minutes = Math.max(1, Math.ceil(Number(seconds) / 60) || 1);
  return { ok: false, says: `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.` };
}

/** Ends the session, and every copy of its cookie; false when that was not done. */
export async function signOut(): Promise<boolean> {
  try {
    const { ok } = await fetch("/api/sign-out", { method: "POST" });
    if (ok) tellTabs();
    return ok;
  } catch {
    return false;
  }
}

/** Where to go after signing in: a path of ours, or the start. Anything that a browser would read as another site is not followed. */
export function safeNext(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !/^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(next)) return "/";
  return next;
}
