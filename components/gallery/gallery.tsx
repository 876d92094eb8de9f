"use client";

import dynamic from "next/dynamic";

// Sections of their own, so that no other page's script holds any of them.
const Ui = dynamic(() => import("./ui"));
const Act = dynamic(() => import("./act"));
const List = dynamic(() => import("./list"));
const Table = dynamic(() => import("./table"));

/** Every component that pages are made of in every state, on one page: what is looked at, and what accessibility is tried on. `now`: when it was drawn. */
export function Gallery({ now }: { now: string }) {
  return (
    <div className="space-y-10 px-4 pt-2 pb-8 wrap-anywhere">
      <h1 className="text-lg font-semibold">States gallery</h1>
      <Ui now={now} />
      <Act now={now} />
      <List now={now} />
      <Table now={now} />
    </div>
  );
}
