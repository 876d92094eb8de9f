import { PlainTable, type PlainColumn } from "@/components/table/plain-table";
import { Section } from "@/components/ui/section";
import { activities, activityNames, type Activity, type Matrix } from "@/lib/model/matrix";
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
  const columns: readonly PlainColumn<Activity>[] = [
    {
      id: "activity",
      head: "Activity",
      className: "whitespace-nowrap",
      cell: (activity) => activityNames[activity],
      isRowHead: true,
    },
    ...roles.map((role) => ({
      id: role,
      head: (
        <>
          <span className="text-base font-medium text-ink">{roleNames[role]}</span>
          {mine.includes(role) && <span className="block">you</span>}
        </>
      ),
      className: mine.includes(role) ? "pl-3 bg-accent-wash" : "pl-3",
      cell: (activity: Activity) => <LetterMark letter={matrix[activity][role]} />,
    })),
  ];
  return (
    <Section title="Who may do what" aside="section 2">
      <PlainTable
        name="Who may do what"
        columns={columns}
        rows={activities}
        keyOf={(activity) => activity}
        tableClassName="min-w-[52rem] text-base"
      />
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
