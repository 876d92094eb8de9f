import NextAuth from "next-auth";
import { NextRequest, after } from "next/server";
import { signIn } from "@/lib/areas/person/acts/sign-in";
import { allowedAt, readAnswer } from "@/lib/auth/next-auth-routes";
import { authOptions } from "@/lib/auth/options";
import { readBody } from "@/lib/auth/read-body";
import { failureResponse, newRequestId } from "@/lib/kernel/act/respond";
import { CockpitError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { systemClock } from "@/lib/kernel/time";

type Route = { params: Promise<{ nextauth: string[] }> };

const afterwards = (work: () => Promise<void>): void =>
  after(() => work().catch((error: unknown) => log.error({ err: error }, "a failed sign-in is not in the chain")));
const options = authOptions((attempt) =>
  signIn({ now: systemClock(), requestId: newRequestId() }, attempt, afterwards),
);
const handler: unknown = NextAuth(options);
const nextAuth = handler as (request: NextRequest, route: Route) => Promise<Response>;

/** Of next-auth's routes only those the product uses; the others would write logs for strangers, and show pages that are not ours. */
async function answer(request: NextRequest, route: Route): Promise<Response> {
  const requestId = newRequestId();
  try {
    const path = (await route.params).nextauth.join("/");
    const allowed = allowedAt(path);
    if (!allowed) throw new CockpitError("NOT_FOUND", "There is nothing at this address.");
    if (!allowed.includes(request.method)) return notThisWay(requestId, allowed);
    return request.method === "POST" ? await receive(request, route) : await nextAuth(request, route);
  } catch (error) {
    return failureResponse(error, requestId);
  }
}

async function receive(request: NextRequest, route: Route): Promise<Response> {
  if (!request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded"))
    throw new CockpitError("INVALID", "That is not the sign-in form.");
  const body = await readBody(request);
  const form = new NextRequest(request.nextUrl, { method: "POST", headers: request.headers, body });
  return readAnswer(await nextAuth(form, route), new URLSearchParams(body).get("json") === "true");
}

function notThisWay(requestId: string, allowed: readonly string[]): Response {
  const error = { code: "INVALID", message: `This address takes ${allowed.join(" and ")} only.`, requestId };
  return Response.json({ error }, { status: 405, headers: { allow: allowed.join(", "), "cache-control": "no-store" } });
}

export {
  answer as GET,
  answer as HEAD,
  answer as POST,
  answer as PUT,
  answer as PATCH,
  answer as DELETE,
  answer as OPTIONS,
};
