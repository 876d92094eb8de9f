"use client";

import { useQuery } from "@tanstack/react-query";
import { diffLines } from "diff";
import { WhenRead } from "@/components/list/when-read";
import type { ExampleView } from "@/lib/areas/drift/contract-views";
import { exampleQuery } from "@/lib/areas/drift/queries/views";
import { sayCount } from "@/lib/kernel/words/quantities";

/** A recent line against an earlier one, as a difference of their texts. */
export function Example({ recent, earlier }: { recent: number | null; earlier: number | null }) {
  const example = useQuery(exampleQuery(recent, earlier));
  return (
    <WhenRead of={example} reading="Reading the example" rows={3}>
      {(view) => <Difference view={view} asked={earlier} />}
    </WhenRead>
  );
}

const signs = { added: "+", removed: "−", same: " " } as const;
const looks = { added: "bg-red-wash", removed: "bg-green-wash", same: "text-muted" } as const;

function Difference({ view: { recent, earlier }, asked }: { view: ExampleView; asked: number | null }) {
  if (!recent) return <p className="text-muted">The line is no longer in the file.</p>;
  const parts = diffLines(earlier?.text ?? "", recent.text);
  return (
    <div className="space-y-1">
      <p className="text-muted">
        {earlier
          ? `− line ${sayCount(earlier.line)}${asked === null ? ", the last fine output of the same provider and contract before it" : ", the last with it before"}; `
          : "There is no earlier line to hold against it; "}
        {`+ line ${sayCount(recent.line)}`}
      </p>
      <pre
        tabIndex={0}
        role="region"
        aria-label={`Line ${sayCount(recent.line)} against an earlier one`}
        className="max-h-80 overflow-auto rounded border border-line bg-surface px-2 py-1 font-mono text-xs whitespace-pre-wrap"
      >
        {parts.map(({ value, added, removed }, index) => {
          const how = added ? "added" : removed ? "removed" : "same";
          const text = value
            .replace(/\n$/, "")
            .split("\n")
            .map((one) => `${signs[how]} ${one}`);
          return (
            <span key={index} className={`block ${looks[how]}`}>
              <bdi>{text.join("\n")}</bdi>
            </span>
          );
        })}
      </pre>
    </div>
  );
}
