import { failureResponse, newRequestId } from "@/lib/actions/respond";
import { currentSession } from "@/lib/auth/current-person";
import { removedSessionCookies } from "@/lib/auth/session-cookie";
import { systemClock } from "@/lib/clock";
import { signOut } from "@/lib/usecases/sign-in";

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
