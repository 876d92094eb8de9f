"use client";

import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";

type Props<Name extends string> = {
  names: readonly Name[];
  titles: Readonly<Record<Name, string>>;
  open: Name;
  onOpen: (name: Name) => void;
  children: ReactNode;
};

/** The acts that have a form, one of them open. Arrow keys walk, as in every set of tabs. */
export function FormTabs<Name extends string>({ names, titles, open, onOpen, children }: Props<Name>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = names[(names.indexOf(open) + step + names.length) % names.length]!;
    onOpen(next);
    list.current?.querySelector<HTMLElement>(`[data-form="${next}"]`)?.focus();
  };
  return (
    <div className="space-y-3">
      <div
        ref={list}
        role="tablist"
        aria-label="What may be done"
        onKeyDown={walk}
        className="flex flex-wrap gap-x-1 border-b border-line"
      >
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            data-form={name}
            aria-selected={name === open}
            aria-controls={`${id}-panel`}
            tabIndex={name === open ? 0 : -1}
            onClick={() => onOpen(name)}
            className="-mb-px h-8 border-b-2 border-transparent px-2 text-muted hover:text-ink aria-selected:border-accent aria-selected:font-medium aria-selected:text-ink"
          >
            {titles[name]}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${open}`}>
        {children}
      </div>
    </div>
  );
}
