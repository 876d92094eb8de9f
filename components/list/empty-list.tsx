import Link from "next/link";

/** No rows, why, and where to go on. */
export function EmptyList({ says, way }: { says: string; way?: { href: string; name: string } }) {
  return (
    <div className="space-y-2 px-4 py-10 text-center text-muted">
      <p>{says}</p>
      {way && (
        <p>
          <Link href={way.href} prefetch={false} className="text-accent underline">
            {way.name}
          </Link>
        </p>
      )}
    </div>
  );
}
