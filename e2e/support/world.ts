/** Everybody who can try something: the sample's people by their roles, somebody without one, a colleague who asks, and nobody. */
import path from "node:path";
import { request, type APIRequestContext } from "@playwright/test";
import { roleNames, type Role } from "@/lib/model/roles";
import type { Staffed } from "./cockpit";
import { addPerson, user } from "./people";
import { signIn } from "./sign-in";

export type Who = Role | "nobody" | "no role" | "a colleague";

/** The sessions of those who are no people of the sample, kept with their cockpit. */
const made = new WeakMap<Staffed, Map<string, Promise<string>>>();

async function stateOf(cockpit: Staffed, who: Exclude<Who, "nobody">): Promise<string> {
  if (who !== "no role" && who !== "a colleague") return cockpit.states[roleNames[who]]!;
  const all = made.get(cockpit) ?? new Map<string, Promise<string>>();
  made.set(cockpit, all);
  if (!all.has(who)) all.set(who, add(cockpit, who));
  return all.get(who)!;
}

async function add(cockpit: Staffed, who: "no role" | "a colleague"): Promise<string> {
  const email = `${who.replaceAll(" ", ".")}@rights.example`;
  const account = addPerson(cockpit.dataDir, { name: who, email, roles: ["operator"] });
  if (who === "no role") user(cockpit.dataDir, "role", email, "--no-role");
  const session = await signIn(cockpit.url, account);
  const file = path.join(cockpit.home, `${email}.json`);
  await session.storageState({ path: file });
  await session.dispose();
  return file;
}

/** Requests as one of them, one context each; `leave` at the end. */
export function worldOf(cockpit: Staffed) {
  const contexts = new Map<Who, Promise<APIRequestContext>>();
  const open = async (who: Who) =>
    request.newContext({
      baseURL: cockpit.url,
      ...(who !== "nobody" && { storageState: await stateOf(cockpit, who) }),
    });
  return {
    as(who: Who): Promise<APIRequestContext> {
      if (!contexts.has(who)) contexts.set(who, open(who));
      return contexts.get(who)!;
    },
    async leave(): Promise<void> {
      for (const context of contexts.values()) await (await context).dispose();
    },
  };
}
export type World = ReturnType<typeof worldOf>;
