/** Makes the sample's people in the database of DATABASE_URL, as the first start on the sample does, and prints their accounts. A process of its own: `server-only` is no module to a test runner. */
import { randomUUID } from "node:crypto";
import { systemClock } from "@/lib/clock";
import { closeDatabase } from "@/lib/data/client";
import { roleNames } from "@/lib/domain/operating-model/roles";
import { preparePeople } from "@/lib/usecases/prepare-people";

const prepared = await preparePeople({ isSample: true, now: systemClock(), requestId: randomUUID() });
await closeDatabase();
if (prepared.kind !== "demo") throw new Error("The sample has people.");
process.stdout.write(JSON.stringify(prepared.accounts.map(({ role, email, password }) => ({ role: roleNames[role], email, password }))));
