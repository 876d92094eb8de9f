/** The server actions as anybody can call them: a POST with the action's public id. */
import fs from "node:fs";
import type { APIRequestContext, APIResponse } from "@playwright/test";

type Manifest = { node: Record<string, { filename: string; exportedName: string }> };

/** The id that the build gave an action of app/(cockpit)/…/actions.ts. */
function actionId(build: string, name: string): string {
  const { node } = JSON.parse(fs.readFileSync(`${build}/.next/server/server-reference-manifest.json`, "utf8")) as Manifest;
  const found = Object.entries(node).find(([, action]) => action.exportedName === name);
  if (!found) throw new Error(`The build has no action ${name}.`);
  return found[0];
}

type Target = { url: string; build: string };

/** `origin` is what the browser would say of the page that calls; `page` the address of one that offers the action. */
export function callAction(context: APIRequestContext, { url, build }: Target, name: string, input: Record<string, unknown>, origin = url, page = "/escalations"): Promise<APIResponse> {
  return context.post(page, {
    headers: { "next-action": actionId(build, name), accept: "text/x-component", "content-type": "text/plain;charset=UTF-8", origin },
    data: JSON.stringify([input]),
  });
}
