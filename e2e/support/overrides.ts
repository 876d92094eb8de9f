import { request, type APIRequestContext, type Browser, type Page } from "@playwright/test";
import type { OverrideDetail } from "@/lib/areas/override/contract";
import { callAction } from "./actions";
import type { Cockpit } from "./cockpit";
import { addPerson } from "./people";
import { signIn } from "./sign-in";

type Asked = { escalationId?: string; owner?: string; seconds?: number };

export const justification = "The month-end run must finish before six; confidence was measured anew at 0.93.";

/** Asks as a person would by the form; answers the request's id. */
export async function askFor(
  context: APIRequestContext,
  cockpit: Cockpit,
  { escalationId, owner, seconds = 3600 }: Asked,
): Promise<string> {
  const answer = await callAction(
    context,
    cockpit,
    "requestOverride",
    {
      escalationId: escalationId ?? null,
      owner: owner ?? null,
      previousId: null,
      justification,
      ticket: null,
      seconds,
    },
    cockpit.url,
    "/overrides/new",
  );
  const id = /"id":"([0-9a-f-]{36})"/.exec(await answer.text())?.[1];
  if (!id) throw new Error(`The override was not asked for: ${answer.status()}`);
  return id;
}

export const readOverride = async (context: APIRequestContext, id: string): Promise<OverrideDetail> =>
  (await (await context.get(`/api/overrides/${id}`)).json()) as OverrideDetail;

/** Approves without the page, bound to what its content is now, unless said otherwise; answers the HTTP status. */
export async function forgeApproval(
  context: APIRequestContext,
  cockpit: Cockpit,
  id: string,
  change: { seenHash?: string } = {},
): Promise<number> {
  const { version, contentHash, mostSeconds } = await readOverride(context, id);
  const input = {
    id,
    version,
    seconds: mostSeconds,
    note: "Tried without the page.",
    seenHash: contentHash,
    withoutConsultation: "Tried without the page.",
    ...change,
  };
  return (
    await callAction(context, cockpit, "actOnOverride", { act: "approve", ...input }, cockpit.url, `/overrides/${id}`)
  ).status();
}

export type Somebody = { page: Page; http: APIRequestContext; name: string; close: () => Promise<void> };

let count = 0;

/** One more person with these roles, signed in. */
export async function somebody(
  browser: Browser,
  cockpit: Cockpit,
  name: string,
  roles: readonly string[],
): Promise<Somebody> {
  const account = addPerson(cockpit.dataDir, {
    name,
    email: `person${++count}.${process.pid}@overrides.example`,
    roles,
  });
  const session = await signIn(cockpit.url, account);
  const storageState = await session.storageState();
  await session.dispose();
  const [context, http] = [
    await browser.newContext({ baseURL: cockpit.url, storageState }),
    await request.newContext({ baseURL: cockpit.url, storageState }),
  ];
  return {
    page: await context.newPage(),
    http,
    name,
    close: async () => void (await Promise.all([context.close(), http.dispose()])),
  };
}
