import type { ReactNode } from "react";

/** A part of a page with its heading; set apart by space and a line, not by a box. */
export function Section({
  title,
  aside,
  children,
  className = "",
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`space-y-2 ${className}`}>
      <div className="flex items-baseline justify-between gap-4 border-b border-line pb-1">
        <h2 className="font-semibold">{title}</h2>
        {aside && <div className="text-sm text-muted">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

/** A name and its value, two lines of it at most and the whole of a text on hover; nothing where there is no value to show. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === undefined || children === "") return null;
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd
        className="line-clamp-2 min-w-0 text-sm wrap-anywhere"
        title={typeof children === "string" ? children : undefined}
      >
        {typeof children === "string" ? <bdi>{children}</bdi> : children}
      </dd>
    </div>
  );
}
