import { activities, type Activity } from "@/lib/model/matrix";
import { roles, type Letter, type Role } from "@/lib/model/roles";

/** Section 2 of the operating model, copied from the document by hand: the model's data, and what every door lets through, are held against it. */
const raci = `
| Activity | Product Owner | Tech Lead | Operator | Security/Compliance | Stakeholder |
| Orchestration (run, bg, dag run) | A | R | R | I | I |
| Policy definition & thresholds | A | R | I | R | C |
| Override approval (--override) | A | I | R | C | I |
| Escalation queue (govern escalate) | A | I | R | C | I |
| Drift detection & sweep | I | R | R | I | I |
| Audit trail & integrity | I | R | I | R | C |
| Recovery (reconcile, rollback) | I | R | R | I | I |
| Data protection & retention | A | R | I | R | C |
| Contract migration & versioning | A | R | I | I | C |
| Post-launch observation | A | R | R | I | I |
`;

/** The cells of a table as it is written, its head first. */
export const cellsOf = (table: string): string[][] =>
  table
    .trim()
    .split("\n")
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

export const documentMatrix: readonly string[][] = cellsOf(raci);

/** The document's letters by our names; that activities and roles stand in its order is held by lib/model/document.test.ts. */
export const documentLetters = Object.fromEntries(
  activities.map((activity, row) => [
    activity,
    Object.fromEntries(roles.map((role, column) => [role, documentMatrix[row + 1]![column + 1]])),
  ]),
) as Record<Activity, Record<Role, Letter>>;

/** The letters that a duty belongs to: A decides, R does, C advises, everybody named sees. Whoever has more to do may do the lesser. */
export const lettersOfDuty = { decide: "A", perform: "RA", advise: "CRA", view: "CRAI" } as const;
