import { Section } from "@/components/ui/section";
import { activities, activityNames, type Matrix } from "@/lib/model/matrix";
import { letterNames, roleNames, roles, type Letter, type Role } from "@/lib/model/roles";
import { LetterMark } from "./letter-mark";

const means: Record<Letter, string> = {
  A: "decides and answers for it",
  R: "does it; decides where nobody is accountable",
  C: "is asked before a decision",
  I: "is told, and may read",
};

/** The matrix of section 2, the only source of permission, with the reader's own columns lit. */
export function MatrixTable({ matrix, mine }: { matrix: Matrix; mine: readonly Role[] }) {
  const lit = (role: Role) => (mine.includes(role) ? "bg-accent-wash" : "");
  return (
    <Section title="Who may do what" aside="section 2">
      <div tabIndex={0} role="region" aria-label="Who may do what" className="overflow-x-auto">
        <table className="w-full min-w-[52rem] text-left [&_td]:h-8 [&_td]:border-b [&_td]:border-line [&_td]:px-3 [&_th]:px-3 [&_th]:py-1">
          <thead>
            <tr>
              <th scope="col" className="text-xs font-normal text-muted">
                Activity
              </th>
              {roles.map((role) => (
                <th key={role} scope="col" className={`rounded-t font-medium ${lit(role)}`}>
                  {roleNames[role]}
                  {mine.includes(role) && <span className="block text-xs font-normal text-muted">you</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {activities.map((activity) => (
              <tr key={activity}>
                <th scope="row" className="border-b border-line font-normal whitespace-nowrap">
                  {activityNames[activity]}
                </th>
                {roles.map((role) => (
                  <td key={role} className={lit(role)}>
                    <LetterMark letter={matrix[activity][role]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm text-muted">
        {(["A", "R", "C", "I"] as const).map((letter) => (
          <div key={letter} className="flex gap-1.5">
            <dt className="font-medium text-ink">{letterNames[letter]}</dt>
            <dd>{means[letter]}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
