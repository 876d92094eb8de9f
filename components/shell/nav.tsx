"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";

const entries: readonly { href: string; name: string; icon: IconName }[] = [
  { href: "/escalations", name: "Escalations", icon: "queue" },
  { href: "/overrides", name: "Overrides", icon: "key" },
  { href: "/drift", name: "Drift", icon: "wave" },
  { href: "/inbox", name: "Inbox", icon: "bell" },
  { href: "/sources", name: "Sources", icon: "file" },
  { href: "/operating-model", name: "Operating model", icon: "matrix" },
];

/** Navigation by activity; `counts`: what the page of an address wants to say of itself. */
export function Nav({ counts }: { counts: Readonly<Record<string, ReactNode>> }) {
  const path = usePathname();
  const list = useRef<HTMLUListElement>(null);
  // On a narrow screen not all of them have room: where one is stands in sight, also once what the others count has come and moved it.
  useEffect(() => {
    const bar = list.current;
    const here = bar?.querySelector<HTMLElement>("[aria-current]");
    if (!bar || !here) return;
    const show = () =>
      void (bar.scrollLeft = here.offsetLeft + here.offsetWidth > bar.clientWidth ? here.offsetLeft - 8 : 0);
    const sizes = new ResizeObserver(show);
    for (const entry of bar.children) sizes.observe(entry);
    return () => sizes.disconnect();
  }, [path]);
  return (
    <nav aria-label="Activities" className="no-print border-line max-md:border-b md:w-56 md:shrink-0 md:border-r">
      <ul ref={list} className="flex p-2 max-md:overflow-x-auto md:gap-1 md:sticky md:top-11 md:flex-col">
        {entries.map(({ href, name, icon }) => {
          const here = path === href || path.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={href}
                prefetch={false}
                aria-current={here ? "page" : undefined}
                className="flex min-h-8 items-center gap-2 rounded px-2 whitespace-nowrap text-muted hover:bg-surface hover:text-ink aria-[current]:bg-accent-wash aria-[current]:font-medium aria-[current]:text-ink"
              >
                <Way icon={icon} name={name} />
                {counts[href] && <span className="ml-auto">{counts[href]}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The entry's words; they breathe while its page is on the way. */
function Way({ icon, name }: { icon: IconName; name: string }) {
  const { pending } = useLinkStatus();
  return (
    <span className={`flex items-center gap-2 ${pending ? "breathing" : ""}`}>
      <Icon name={icon} className="max-sm:hidden" />
      {name}
    </span>
  );
}
