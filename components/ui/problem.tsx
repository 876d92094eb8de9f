"use client";

import { Button } from "./button";
import { Notice } from "./notice";

/** A read that failed: the sentence, the id that finds the rest in the log, and a way on. */
export function Problem({
  message,
  requestId,
  onRetry,
}: {
  message: string;
  requestId?: string | null;
  onRetry?: () => void;
}) {
  return (
    <Notice tone="red" live="assertive">
      <p>{message}</p>
      {requestId && (
        <p className="text-sm text-muted">
          Request <code>{requestId}</code>
        </p>
      )}
      {onRetry && (
        <Button onClick={onRetry} className="my-1">
          Try again
        </Button>
      )}
    </Notice>
  );
}
