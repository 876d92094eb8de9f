import type { ReactNode } from "react";

/**
 * The one link of a row, which every click in the row means. A plain one, and a plain function: fifty of Next's own would be most of what the
 * server has to draw. The table follows it.
 */
export const rowLink = (id: string, href: string, children: ReactNode): ReactNode => (
  <a href={href} data-row={id}>
    {children}
  </a>
);
