"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Sign } from "@/components/ui/sign";
import type { MessageRow, ReviewView } from "@/lib/areas/drift/contract-views";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { PickLine } from "./pick-line";

/** What compares two texts is loaded once somebody looks at an example. */
const Example = dynamic(() => import("./example").then(({ Example: example }) => example), { ssr: false });

/** What is wrong with outputs, one kind of message a row: new ones first, then by how many there are. */
export function Messages({ messages: { rows, more } }: Pick<ReviewView, "messages">) {
  return (
    <Section
      title="What changed in the outputs"
      aside={rows.length ? sayMany(rows.length, "kind", "kinds") : undefined}
    >
      {rows.length === 0 ? (
        <p className="text-sm text-muted">No output of these weeks has an error or a semantic issue.</p>
      ) : (
        <p className="text-sm text-muted">
          Errors and semantic issues, counted by outputs; “#” and “…” stand for what differs from one to the next.
          {more && " There are further kinds; those with most outputs are listed."}
        </p>
      )}
      <ul className="space-y-2 text-sm">
        {rows.map((row) => (
          <Kind key={row.kind} row={row} />
        ))}
      </ul>
    </Section>
  );
}

function Kind({ row }: { row: MessageRow }) {
  const [open, setOpen] = useState(false);
  const { kind, before, after, isNew, recentLine, earlierLine } = row;
  return (
    <li className="space-y-1 border-b border-line pb-2">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        {isNew && (
          <Sign tone="red" icon="alert">
            New
          </Sign>
        )}
        <bdi className="min-w-0 font-medium">{kind}</bdi>
        <span className="text-muted">
          {sayCount(before)} before, {sayCount(after)} since
        </span>
        {recentLine !== null && (
          <span className="text-muted">
            newest line <PickLine line={recentLine} />
          </span>
        )}
        <Button size="tiny" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide the example" : "Show an example"}
        </Button>
      </p>
      {open && <Example recent={recentLine ?? earlierLine} earlier={recentLine === null ? null : earlierLine} />}
    </li>
  );
}
