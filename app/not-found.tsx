import type { Metadata } from "next";

export const metadata: Metadata = { title: "Not found" };

// A plain link: with Next's own, its script would be loaded a second time on every page, since this one may replace any of them.
const queue = "/escalations";

export default function NotFound() {
  return (
    <main className="mx-auto max-w-sm space-y-3 px-4 pt-[12vh]">
      <h1 className="text-lg font-semibold">There is no such page</h1>
      <p>The address may be mistyped, or the page does not exist yet.</p>
      <p>
        <a href={queue} className="text-accent underline">
          Go to the escalation queue
        </a>
      </p>
    </main>
  );
}
