"use client";

import { useQuery } from "@tanstack/react-query";
import { WhenRead } from "@/components/list/when-read";
import { PlainTable, type PlainColumn } from "@/components/table/plain-table";
import { Fact } from "@/components/ui/section";
import type { OverrideFigures } from "@/lib/areas/override/contract";
import type { OverrideSpan } from "@/lib/areas/override/queries/address";
import { overrideFigures } from "@/lib/areas/override/queries/options";
import { sayMany } from "@/lib/kernel/words/quantities";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { saySeconds, sayShare } from "./prepare";

/** However many owners there are, what follows stays near. */
const scrolled = "max-h-80 max-w-xl overflow-y-auto";

const median = (seconds: number | null): string => (seconds === null ? "—" : saySeconds(Math.round(seconds)));

const ownerColumns: readonly PlainColumn<OverrideFigures["byOwner"][number]>[] = [
  {
    id: "owner",
    head: "Owner",
    cell: ({ owner }) => <bdi className="wrap-anywhere">{visibleText(owner)}</bdi>,
  },
  { id: "approved", head: "Approved of requests", cell: ({ approved, requests }) => `${approved} of ${requests}` },
];
const approverColumns: readonly PlainColumn<OverrideFigures["byApprover"][number]>[] = [
  { id: "name", head: "Name", cell: ({ person }) => <bdi>{person.name}</bdi> },
  { id: "approved", head: "Approved of decided", cell: ({ approved, decided }) => `${approved} of ${decided}` },
  { id: "time", head: "Time to decide, median", cell: ({ secondsToDecide }) => median(secondsToDecide) },
];

/** Counts with how many cases they are of; in the order of names, because a few cases say nothing about a person. */
const Figures = ({ span }: { span: OverrideSpan }) => (
  <WhenRead of={useQuery(overrideFigures(span))} reading="Reading the figures" rows={3}>
    {(figures) => <Counts figures={figures} span={span} />}
  </WhenRead>
);
export default Figures;

function Counts({ figures, span }: { figures: OverrideFigures; span: OverrideSpan }) {
  const { requests, owners, approved, secondsToDecide, withoutConsultation, byOwner, byApprover } = figures;
  return (
    <div className="space-y-3">
      <p className="text-sm text-muted">
        Over {sayMany(requests, "request")}
        {span.from || span.to
          ? `, asked for${span.from ? ` from ${span.from}` : ""}${span.to ? ` before ${span.to}` : ""} (UTC)`
          : ", all that are known"}
        .
      </p>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Fact name="Approved, of what was decided">{sayShare(approved)}</Fact>
        <Fact name="Time to decide, median">
          {secondsToDecide.value === null
            ? "none decided yet"
            : `${median(secondsToDecide.value)}, of ${secondsToDecide.of}`}
        </Fact>
        <Fact name="Decided without consultation">{sayShare(withoutConsultation)}</Fact>
      </dl>
      <div className="flex flex-wrap gap-x-12 gap-y-3">
        {byOwner.length > 0 && (
          <PlainTable
            name="By owner"
            caption={`By owner${byOwner.length < owners ? `: the ${byOwner.length} of ${owners} with the most requests` : ""}`}
            columns={ownerColumns}
            rows={byOwner}
            keyOf={({ owner }) => owner}
            className={scrolled}
          />
        )}
        {byApprover.length > 0 && (
          <PlainTable
            name="By who decided"
            caption="By who decided"
            columns={approverColumns}
            rows={byApprover}
            keyOf={({ person }) => person.id}
            className={scrolled}
          />
        )}
      </div>
    </div>
  );
}
