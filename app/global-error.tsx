"use client";

import { PageProblem } from "@/components/shell/page-problem";
import "./globals.css";

/** The last resort, when even the outermost layout could not be drawn. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>thegent cockpit</title>
        <PageProblem {...props} />
      </body>
    </html>
  );
}
