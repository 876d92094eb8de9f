import Link from "next/link";

export default function NoSuchEscalation() {
  return (
    <div className="space-y-2 p-4">
      <h1 className="text-lg font-semibold">There is no such escalation</h1>
      <p>The address may be mistyped, or it belongs to another session directory.</p>
      <p>
        <Link href="/escalations" className="text-accent underline">
          Go to the queue
        </Link>
      </p>
    </div>
  );
}
