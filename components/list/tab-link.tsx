import Link from "next/link";
import type { ReactNode } from "react";

/** One of the lists of a page, each with its own address. */
export function TabLink({ href, isHere, children }: { href: string; isHere: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isHere ? "page" : undefined}
      className="inline-flex h-8 items-center rounded px-2 text-muted hover:bg-surface hover:text-ink aria-[current]:bg-accent-wash aria-[current]:font-medium aria-[current]:text-ink"
    >
      {children}
    </Link>
  );
}
