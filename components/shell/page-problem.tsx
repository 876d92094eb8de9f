"use client";

import { Problem } from "@/components/ui/problem";

/** A page that could not be drawn. What went wrong is in the server's log under the digest; here only a way on is offered. */
export function PageProblem({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <div className="max-w-2xl space-y-3 p-4">
      <h1 className="text-lg font-semibold">This page could not be shown</h1>
      <Problem
        message="Something went wrong while it was put together. Nothing was changed. Try again; if it stays, pass on the id below."
        requestId={digest}
        onRetry={retry}
      />
    </div>
  );
}
