import Link from "next/link";
import type { ReactNode } from "react";

/** A way to another page that looks like the small buttons beside it. */
export function LinkButton({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="flex h-[30px] items-center rounded border border-edge bg-raised px-2 text-sm font-medium whitespace-nowrap hover:bg-surface"
    >
      {children}
    </Link>
  );
}
