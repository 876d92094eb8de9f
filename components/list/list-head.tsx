import type { ReactNode } from "react";

/** The head of a page that is a list: its name, what is said of all of it, and at its end what can be done or chosen. */
export function ListHead({ title, children, end }: { title: string; children?: ReactNode; end?: ReactNode }) {
  return (
    <header className="flex min-h-11 flex-wrap items-center gap-x-4 px-4 py-1.5">
      <h1 className="text-lg font-semibold">{title}</h1>
      {children}
      {end && <span className="ml-auto flex items-center gap-1.5">{end}</span>}
    </header>
  );
}
