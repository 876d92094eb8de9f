import type { ReactNode } from "react";

/** The page of somebody who is not inside yet. */
export function Entry({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto max-w-sm space-y-4 px-4 pt-[12vh] pb-8">
      <header>
        <p className="text-sm text-muted">thegent cockpit</p>
        <h1 className="text-lg font-semibold">{title}</h1>
      </header>
      {children}
    </main>
  );
}
