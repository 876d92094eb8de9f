"use client";

import { Suspense, useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";

/** A button and what opens under it; a press outside, Escape or a choice closes it. What is inside is not loaded before it is first opened. */
export function Menu({
  label,
  name,
  children,
}: {
  label: ReactNode;
  name: string;
  children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const press = (event: PointerEvent) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", press);
    return () => document.removeEventListener("pointerdown", press);
  }, [open]);

  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    setOpen(false);
    frame.current?.querySelector("button")?.focus();
  };
  return (
    <div ref={frame} className="no-print relative" onKeyDown={escape}>
      <Button
        size="small"
        className="max-w-48"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className="truncate">{label}</span>
        <span aria-hidden="true">▾</span>
      </Button>
      {open && (
        <div
          id={id}
          role="group"
          aria-label={name}
          className="absolute top-full right-0 z-15 mt-1 w-72 max-w-[calc(100vw-2rem)] rounded border border-line bg-raised p-3 shadow-lg"
        >
          <Suspense fallback={<p className="text-sm text-muted">Loading…</p>}>
            {children(() => setOpen(false))}
          </Suspense>
        </div>
      )}
    </div>
  );
}
