import { signUpSchema } from "@/lib/contracts/people";
import { failureResponse, newRequestId } from "@/lib/actions/respond";
import { parseInput } from "@/lib/actions/run-action";
import { clientAddress } from "@/lib/auth/options";
import { countAddress } from "@/lib/auth/sign-in-limit";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env";
import { CockpitError } from "@/lib/errors";
import { signUp } from "@/lib/usecases/add-person";

const mostBytes = 10_000;

/** With the one-time link's token in the body: a token in the address would end up in logs. */
export async function POST(request: Request): Promise<Response> {
  const requestId = newRequestId();
  try {
    const { token, ...person } = parseInput(signUpSchema, await readJson(request));
    const wait = await countAddress(clientAddress(Object.fromEntries(request.headers)));
    if (wait) throw new CockpitError("RATE_LIMITED", `Too many attempts. Try again in ${Math.ceil(wait / 60)} minutes.`);
    await signUp({ now: systemClock(), requestId }, token, person);
    return Response.json({ ok: true }, { status: 201 });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}

async function readJson(request: Request): Promise<unknown> {
  const origin = request.headers.get("origin");
  if (origin && origin !== env().url && new URL(origin).host !== request.headers.get("host")) {
    throw new CockpitError("FORBIDDEN", "This form belongs to another site.");
  }
  const text = await request.text();
  if (text.length > mostBytes) throw new CockpitError("INVALID", "That is more than this form takes.");
  try {
    return JSON.parse(text);
  } catch {
    throw new CockpitError("INVALID", "That is not JSON.");
  }
}
