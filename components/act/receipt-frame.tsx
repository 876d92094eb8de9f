"use client";

import { useEffect, useRef, type ReactNode } from "react";

/** A receipt, which takes the focus from a form that is gone. */
export function ReceiptFrame({ name, focused, children }: { name: string; focused: boolean; children: ReactNode }) {
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused) group.current?.focus();
  }, [focused]);
  return (
    <div ref={group} tabIndex={-1} role="group" aria-label={name} className="space-y-3 outline-none">
      {children}
    </div>
  );
}
