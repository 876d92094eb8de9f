"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { ShowMore } from "@/components/list/show-more";
import { useRowKeys } from "@/components/list/use-row-keys";
import { MaybeOld, Unreadable } from "@/components/shell/reading";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { OverrideQuery } from "@/lib/areas/override/contract";
import { overridesAddress } from "@/lib/areas/override/queries/address";
import { overrideList } from "@/lib/areas/override/queries/options";
import { observeFirstPaint } from "@/lib/kernel/query/server-clock";
import { OverrideTable } from "./override-table";

/** The rows of a tab, as far as the reader went; what nothing is in says so, and what to do. */
export function OverrideList({ query }: { query: OverrideQuery }) {
  const list = useInfiniteQuery(overrideList(query));
  const { data, error, refetch } = list;
  const first = data?.pages[0];
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const [firstNow] = useState(first?.now ?? "");
  useEffect(() => {
    if (firstNow) observeFirstPaint(firstNow);
  }, [firstNow]);
  useRowKeys({ rows: "a[data-row]", letters });

  if (!first)
    return error ? (
      <Unreadable error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonRows count={20} label="Reading the overrides" />
    );
  const serverNow = firstNow || first.now;
  return (
    <>
      <MaybeOld error={error} now={data.pages.at(-1)!.now} serverNow={serverNow} />
      {rows.length > 0 && query.tab !== "findings" ? (
        <OverrideTable tab={query.tab} rows={rows} serverNow={serverNow} />
      ) : (
        <Empty query={query} />
      )}
      <ShowMore of={list} />
    </>
  );
}

/** `/` goes to the filters. */
const letters = {
  "/": () => {
    document.querySelector<HTMLElement>("[data-first-filter]")?.focus();
    return true;
  },
};

function Empty({ query }: { query: OverrideQuery }) {
  const { tab, ...filters } = query;
  if (Object.values(filters).some((value) => value !== undefined)) {
    return (
      <p className="px-4 py-10 text-center text-muted">
        No override matches these filters.{" "}
        <Link href={overridesAddress({ tab })} className="text-accent underline">
          Clear filters
        </Link>
      </p>
    );
  }
  const says = {
    awaiting:
      "No request waits for a decision. New ones appear here by themselves; they are asked for from an open policy denial, or for an owner directly.",
    active: "No override decided here is in force. What was made in thegent itself is under Findings.",
    history: "No override has ended yet.",
    findings: "",
  }[tab];
  return <p className="px-4 py-10 text-center text-muted">{says}</p>;
}
