"use client";

import { useQuery } from "@tanstack/react-query";
import { Unreadable } from "@/components/shell/reading";
import { Fact } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { OverrideSpan } from "@/lib/areas/override/queries/address";
import { overrideFigures } from "@/lib/areas/override/queries/options";
import { sayMany } from "@/lib/kernel/words/quantities";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { saySeconds, sayShare } from "./prepare";

/** However many owners there are, what follows stays near. */
const scrolled = "max-h-80 max-w-xl overflow-y-auto";

const table =
  "text-sm [&_td]:border-b [&_td]:border-line [&_td]:py-0.5 [&_td]:pr-6 [&_th]:pr-6 [&_th]:text-left [&_th]:font-medium [&_th]:text-muted";

/** Counts with how many cases they are of; in the order of names, because a few cases say nothing about a person. */
export default function Figures({ span }: { span: OverrideSpan }) {
  const { data, error, refetch } = useQuery(overrideFigures(span));
  if (!data)
    return error ? (
      <Unreadable error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonRows count={3} label="Reading the figures" />
    );
  const { requests, owners, approved, secondsToDecide, withoutConsultation, byOwner, byApprover } = data;
  const median = (seconds: number | null) => (seconds === null ? "—" : saySeconds(Math.round(seconds)));
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
          <div role="group" aria-label="By owner" tabIndex={0} className={scrolled}>
            <table className={table}>
              <caption className="text-left font-medium">
                By owner{byOwner.length < owners && `: the ${byOwner.length} of ${owners} with the most requests`}
              </caption>
              <thead>
                <tr>
                  <th scope="col">Owner</th>
                  <th scope="col">Approved of requests</th>
                </tr>
              </thead>
              <tbody>
                {byOwner.map(({ owner, approved: yes, requests: of }) => (
                  <tr key={owner}>
                    <td>
                      <bdi className="wrap-anywhere">{visibleText(owner)}</bdi>
                    </td>
                    <td>
                      {yes} of {of}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {byApprover.length > 0 && (
          <table className={table}>
            <caption className="text-left font-medium">By who decided</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Approved of decided</th>
                <th scope="col">Time to decide, median</th>
              </tr>
            </thead>
            <tbody>
              {byApprover.map(({ person, decided, approved: yes, secondsToDecide: seconds }) => (
                <tr key={person.id}>
                  <td>
                    <bdi>{person.name}</bdi>
                  </td>
                  <td>
                    {yes} of {decided}
                  </td>
                  <td>{median(seconds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}
