import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto max-w-sm space-y-3 px-4 pt-[12vh]">
      <h1 className="text-lg font-semibold">There is no such page</h1>
      <p>The address may be mistyped, or the page does not exist yet.</p>
      <p>
        <Link href="/escalations" className="text-accent underline">
          Go to the escalation queue
        </Link>
      </p>
    </main>
  );
}
