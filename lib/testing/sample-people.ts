/** Makes the sample's people in the database of DATABASE_URL, as the first start on the sample does, and prints their accounts. A process of its own: `server-only` is no module to a test runner. */
import { randomUUID } from "node:crypto";
import { preparePeople } from "@/lib/areas/person/acts/prepare";
import { closeDatabase } from "@/lib/kernel/db/client";
import { systemClock } from "@/lib/kernel/time";
import { roleNames } from "@/lib/model/roles";

const prepared = await preparePeople({ isSample: true, now: systemClock(), requestId: randomUUID() });
await closeDatabase();
if (prepared.kind !== "demo") throw new Error("The sample has people.");
process.stdout.write(
  JSON.stringify(prepared.accounts.map(({ role, email, password }) => ({ role: roleNames[role], email, password }))),
);
