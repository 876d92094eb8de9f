import { signUpSchema } from "@/lib/contracts/people";
import { failureResponse, newRequestId } from "@/lib/actions/respond";
import { parseInput } from "@/lib/actions/parse-input";
import { clientAddress } from "@/lib/auth/client-address";
import { readBody } from "@/lib/auth/read-body";
import { beginLink } from "@/lib/auth/sign-in-limit";
import { systemClock } from "@/lib/clock";
import { networkOf } from "@/lib/domain/sign-in/network";
import { CockpitError } from "@/lib/errors";
import { signUp } from "@/lib/usecases/add-person";

/** With the one-time link's token in the body: a token in the address would end up in logs. */
export async function POST(request: Request): Promise<Response> {
  const requestId = newRequestId();
  try {
    const { token, ...person } = parseInput(signUpSchema, await readJson(request));
    const address = clientAddress(Object.fromEntries(request.headers));
    const attempt = await beginLink(networkOf(address));
    if (!attempt.goesOn) throw new CockpitError("RATE_LIMITED", `Too many attempts. Try again in ${Math.ceil(attempt.waitSeconds / 60)} minutes.`);
    await signUp({ now: systemClock(), requestId }, token, person, address);
    await attempt.giveBack();
    return Response.json({ ok: true }, { status: 201 });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}

async function readJson(request: Request): Promise<unknown> {
  const text = await readBody(request);
  try {
    return JSON.parse(text);
  } catch {
    throw new CockpitError("INVALID", "That is not JSON.");
  }
}
