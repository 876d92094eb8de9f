import { signOut } from "@/lib/areas/person/acts/sign-in";
import { failureResponse, newRequestId } from "@/lib/kernel/act/respond";
import { currentSession } from "@/lib/kernel/session/current-person";
import { removedSessionCookies } from "@/lib/kernel/session/session-cookie";
import { systemClock } from "@/lib/kernel/time";

/** Ends the session; also a browser whose session had ended loses its cookie. */
export async function POST(): Promise<Response> {
  const requestId = newRequestId();
  try {
    const session = await currentSession();
    if (session) await signOut({ now: systemClock(), requestId }, session);
    const answer = Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
    for (const cookie of removedSessionCookies) answer.headers.append("set-cookie", cookie);
    return answer;
  } catch (error) {
    return failureResponse(error, requestId);
  }
}
