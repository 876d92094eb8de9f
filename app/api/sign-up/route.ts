import { signUp } from "@/lib/areas/person/acts/add";
import { signUpSchema } from "@/lib/areas/person/contract";
import { networkOf } from "@/lib/areas/person/domain/network";
import { beginLink } from "@/lib/areas/person/sign-in/sign-in-limit";
import { clientAddress } from "@/lib/auth/client-address";
import { readBody } from "@/lib/auth/read-body";
import { parseInput } from "@/lib/kernel/act/parse-input";
import { failureResponse, newRequestId } from "@/lib/kernel/act/respond";
import { CockpitError } from "@/lib/kernel/errors";
import { systemClock } from "@/lib/kernel/time";

/** With the one-time link's token in the body: a token in the address would end up in logs. */
export async function POST(request: Request): Promise<Response> {
  const requestId = newRequestId();
  try {
    const { token, ...person } = parseInput(signUpSchema, await readJson(request));
    const address = clientAddress(Object.fromEntries(request.headers));
    const attempt = await beginLink(networkOf(address));
    if (!attempt.goesOn)
      throw new CockpitError(
        "RATE_LIMITED",
        `Too many attempts. Try again in ${Math.ceil(attempt.waitSeconds / 60)} minutes.`,
      );
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
