/** The server actions as anybody can call them: a POST with the action's public id. */
import fs from "node:fs";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import type { ItemActName } from "@/lib/model/actions";

type Manifest = { node: Record<string, { exportedName: string; workers: Record<string, unknown> }> };

const manifestOf = (build: string): Manifest["node"] =>
  (JSON.parse(fs.readFileSync(`${build}/.next/server/server-reference-manifest.json`, "utf8")) as Manifest).node;

/** What the build's actions are called in app/(cockpit)/…/actions.ts. */
export const actionNames = (build: string): string[] =>
  Object.values(manifestOf(build)).map(({ exportedName }) => exportedName);

/** Which pages of the build know an action. */
export const pagesOf = (build: string, name: string): string[] =>
  Object.keys(Object.values(manifestOf(build)).find(({ exportedName }) => exportedName === name)!.workers).sort();

/** The id that the build gave an action of app/(cockpit)/…/actions.ts. */
export function actionId(build: string, name: string): string {
  const found = Object.entries(manifestOf(build)).find(([, action]) => action.exportedName === name);
  if (!found) throw new Error(`The build has no action ${name}.`);
  return found[0];
}

type Target = { url: string; build: string };

/**
 * `origin` is what the browser would say of the page that calls; `page` the address of one that offers the action. The page is drawn for
 * who is signed in, as any read of theirs says.
 */
export async function callAction(
  context: APIRequestContext,
  { url, build }: Target,
  name: string,
  input: unknown,
  origin = url,
  page = "/escalations",
): Promise<APIResponse> {
  return sendAction(context, actionId(build, name), JSON.stringify([await personOf(context), input]), { origin }, page);
}

/** An act on an item, by its name; all of them come through one action. */
export const actOnItem = (
  context: APIRequestContext,
  cockpit: Target,
  act: ItemActName,
  input: object,
  origin = cockpit.url,
): Promise<APIResponse> => callAction(context, cockpit, "actOnEscalation", { act, ...input }, origin);

const known = new WeakMap<APIRequestContext, string>();

/** The id of who is signed in; null: nobody. Asked once: a context is one person's. */
export async function personOf(context: APIRequestContext): Promise<string | null> {
  const id = known.get(context) ?? (await context.get("/api/views")).headers()["x-cockpit-person"] ?? null;
  if (id) known.set(context, id);
  return id;
}

/** The bare request. */
export function sendAction(
  context: APIRequestContext,
  id: string,
  body: string,
  headers: Record<string, string>,
  page = "/escalations",
): Promise<APIResponse> {
  return context.post(page, {
    headers: { "next-action": id, accept: "text/x-component", "content-type": "text/plain;charset=UTF-8", ...headers },
    data: body,
  });
}
