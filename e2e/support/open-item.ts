import type { APIRequestContext } from "@playwright/test";
import { callAction } from "./actions";
import type { Cockpit } from "./cockpit";

type Given = {
  path: "contract_drift" | "integrity" | "incident";
  subject: string;
  severity?: "P1" | "P2" | "P3" | "P4";
};

/** Opens an item as a person would by the form; answers its id and first version. */
export async function openItem(
  context: APIRequestContext,
  cockpit: Cockpit,
  { path, subject, severity }: Given,
): Promise<{ id: string; version: number }> {
  const answer = await callAction(context, cockpit, "openEscalation", {
    path,
    subject,
    reason: `${subject} for a test`,
    owner: null,
    lane: "standard",
    severity: severity ?? null,
  });
  const id = /"id":"([0-9a-f-]{36})"/.exec(await answer.text())?.[1];
  if (!id) throw new Error(`${subject} was not opened: ${answer.status()}`);
  const item = (await (await context.get(`/api/escalations/${id}`)).json()) as { version: number };
  return { id, version: item.version };
}
