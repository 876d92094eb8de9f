import Link from "next/link";

export default function NoSuchOverride() {
  return (
    <div className="space-y-2 p-4">
      <h1 className="text-lg font-semibold">There is no such override</h1>
      <p>
        The address may be mistyped, or it belongs to another session directory. What was made in thegent itself is
        under Findings.
      </p>
      <p>
        <Link href="/overrides" className="text-accent underline">
          Go to the overrides
        </Link>
      </p>
    </div>
  );
}
