import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { v7 as uuidv7 } from "uuid";
import { personSchema } from "@/lib/contracts/people";
import { listPeople } from "@/lib/data/people";
import { isRole, roleNames, roles, type Role } from "@/lib/domain/operating-model/roles";
import { isCockpitError } from "@/lib/errors";
import { addPerson, setRoles } from "@/lib/usecases/add-person";
import { exitCodes, type Io } from "../io";

const usage = `Usage:
  cockpit user add EMAIL --name NAME --role ROLE [--role ROLE …]   the password is read from COCKPIT_PASSWORD, else made and printed
  cockpit user role EMAIL --role ROLE [--role ROLE …]              exactly these roles from now on
  cockpit user list
Roles: ${roles.join(", ")}
`;

/** People and their roles, from the command line on the server. */
export async function runUser(args: string[], io: Io): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { name: { type: "string" }, role: { type: "string", multiple: true } } });
    const [command, email] = positionals;
    if (command === "list") return await list(io);
    if (command === "add" && email) return await add(io, email, values.name ?? email.split("@")[0]!, parseRoles(values.role));
    if (command === "role" && email) return await change(io, email, parseRoles(values.role));
    throw new Error("What is to be done?");
  } catch (error) {
    if (isCockpitError(error)) {
      io.err(`${error.message}\n`);
      return exitCodes.negative;
    }
    if (!(error instanceof Error) || "clientVersion" in error) throw error;
    io.err(`${error.message}\n${usage}`);
    return exitCodes.usage;
  }
}

async function add(io: Io, email: string, name: string, wanted: Role[]): Promise<number> {
  const given = process.env.COCKPIT_PASSWORD;
  const password = given ?? randomBytes(12).toString("base64url");
  const parsed = personSchema.safeParse({ email, name, password });
  if (!parsed.success) throw new Error(parsed.error.issues[0]!.message);
  await addPerson(when(io), { ...parsed.data, roles: wanted });
  io.out(`${parsed.data.email} can sign in as ${wanted.map((role) => roleNames[role]).join(", ")}.${given ? "" : ` Password: ${password}`}\n`);
  return exitCodes.ok;
}

async function change(io: Io, email: string, wanted: Role[]): Promise<number> {
  await setRoles(when(io), email.toLowerCase(), wanted);
  io.out(`${email.toLowerCase()} is now ${wanted.map((role) => roleNames[role]).join(", ")}.\n`);
  return exitCodes.ok;
}

async function list(io: Io): Promise<number> {
  for (const { email, name, roles: held } of await listPeople()) io.out(`${email}\t${name}\t${held.join(", ") || "no role"}\n`);
  return exitCodes.ok;
}

function parseRoles(given: string[] | undefined): Role[] {
  if (!given?.length) throw new Error("At least one --role is needed.");
  const unknown = given.find((role) => !isRole(role));
  if (unknown) throw new Error(`There is no role "${unknown}".`);
  return [...new Set(given.filter(isRole))];
}

const when = (io: Io) => ({ now: io.now(), requestId: uuidv7() });
