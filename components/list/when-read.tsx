"use client";

import type { ReactNode } from "react";
import { MaybeOld, Unreadable } from "@/components/shell/reading";
import { SkeletonRows } from "@/components/ui/skeleton";

type Props<Data> = {
  of: { data: Data | undefined; error: Error | null; refetch: () => unknown };
  /** What is said while it is read, and how many rows it will take. */
  reading: string;
  rows: number;
  /** When what is shown was read: where news keep it true, it says when it may be old. */
  asOf?: (data: Data) => string;
  children: (data: Data) => ReactNode;
};

/** What was read; until then that it is on its way, or why it cannot be read, and a way on. */
export function WhenRead<Data>({ of: { data, error, refetch }, reading, rows, asOf, children }: Props<Data>) {
  if (data === undefined)
    return error ? (
      <Unreadable error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonRows count={rows} label={reading} />
    );
  return (
    <>
      {asOf && <MaybeOld error={error} now={asOf(data)} />}
      {children(data)}
    </>
  );
}
