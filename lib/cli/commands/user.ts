import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { v7 as uuidv7 } from "uuid";
import { disablePerson, enablePerson, setPassword, setRoles } from "@/lib/areas/person/acts/access";
import { addPerson } from "@/lib/areas/person/acts/add";
import { passwordSchema, personSchema } from "@/lib/areas/person/contract";
import { listPeople } from "@/lib/areas/person/read/list";
import { isCockpitError } from "@/lib/kernel/errors";
import { isRole, roleNames, roles, type Role } from "@/lib/model/roles";
import { exitCodes, type Io } from "./io";

const usage = `Usage:
  cockpit user add EMAIL --name NAME --role ROLE [--role ROLE …]   the password is read from COCKPIT_PASSWORD, else made and printed
  cockpit user role EMAIL --role ROLE [--role ROLE …]              exactly these roles from now on; with --no-role none
  cockpit user password EMAIL                                      a new one, read or made as above
  cockpit user disable EMAIL                                       signed out everywhere, off duty, and not to sign in again
  cockpit user enable EMAIL                                        may sign in again, with the roles held before
  cockpit user list
Roles: ${roles.join(", ")}
Whoever loses a role, the password or everything is signed out at once wherever they are signed in.
`;

const options = {
  name: { type: "string" },
  role: { type: "string", multiple: true },
  "no-role": { type: "boolean" },
} as const;

/** People, their roles and whether they may come in, from the command line on the server. */
export async function runUser(args: string[], io: Io): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [command, given, ...rest] = positionals;
    const email = given?.trim().toLowerCase();
    if (command === "list" && !email) return await list(io);
    if (!email || rest.length) throw new Error("What is to be done?");
    if (command === "add") return await add(io, email, values.name ?? email.split("@")[0]!, parseRoles(values.role));
    if (command === "role")
      return await change(io, email, values["no-role"] && !values.role ? [] : parseRoles(values.role));
    if (command === "password") return await newPassword(io, email);
    if (command === "disable")
      return await done(
        io,
        disablePerson(when(io), email),
        `${email} is disabled: signed out everywhere, off duty. Items they hold return to the queue once they have been quiet.`,
      );
    if (command === "enable") return await done(io, enablePerson(when(io), email), `${email} may sign in again.`);
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

async function done(io: Io, work: Promise<void>, says: string): Promise<number> {
  await work;
  io.out(`${says}\n`);
  return exitCodes.ok;
}

/** From COCKPIT_PASSWORD, where it does not end up in a list of processes; else made, and then it must be said. */
function choosePassword(): { password: string; says: string } {
  const given = process.env.COCKPIT_PASSWORD;
  const password = given ?? randomBytes(12).toString("base64url");
  return { password, says: given === undefined ? ` Password: ${password}` : "" };
}

async function add(io: Io, email: string, name: string, wanted: Role[]): Promise<number> {
  const { password, says } = choosePassword();
  const parsed = personSchema.safeParse({ email, name, password });
  if (!parsed.success) throw new Error(parsed.error.issues[0]!.message);
  return done(
    io,
    addPerson(when(io), { ...parsed.data, roles: wanted }).then(() => {}),
    `${parsed.data.email} can sign in as ${namesOf(wanted)}.${says}`,
  );
}

function newPassword(io: Io, email: string): Promise<number> {
  const { password, says } = choosePassword();
  const parsed = passwordSchema.safeParse(password);
  if (!parsed.success) throw new Error(parsed.error.issues[0]!.message);
  return done(
    io,
    setPassword(when(io), email, parsed.data),
    `${email} has a new password, and is signed out everywhere.${says}`,
  );
}

const change = (io: Io, email: string, wanted: Role[]): Promise<number> =>
  done(
    io,
    setRoles(when(io), email, wanted),
    wanted.length ? `${email} is now ${namesOf(wanted)}.` : `${email} has no role now.`,
  );

const namesOf = (some: Role[]): string => some.map((role) => roleNames[role]).join(", ");

async function list(io: Io): Promise<number> {
  for (const { email, name, roles: held, disabledAt } of await listPeople()) {
    io.out(
      `${email}\t${name}\t${held.join(", ") || "no role"}${disabledAt ? `\tdisabled since ${disabledAt.toISOString()}` : ""}\n`,
    );
  }
  return exitCodes.ok;
}

function parseRoles(given: string[] | undefined): Role[] {
  if (!given?.length) throw new Error("At least one --role is needed.");
  const unknown = given.find((role) => !isRole(role));
  if (unknown) throw new Error(`There is no role "${unknown}".`);
  return [...new Set(given.filter(isRole))];
}

const when = (io: Io) => ({ now: io.now(), requestId: uuidv7() });
