"use client";

import "./globals.css";

/** The last resort, where no page of the cockpit could be drawn. It is part of every page's first load, so it draws with nothing. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>thegent cockpit</title>
        <main className="mx-auto max-w-lg space-y-3 p-6">
          <h1 className="text-lg font-semibold">This page could not be shown</h1>
          <p role="alert">
            Something went wrong while it was put together. Nothing was changed. Try again; if it stays, pass on the id{" "}
            <code>{error instanceof Error && "digest" in error ? String(error.digest) : "(none was given)"}</code>.
          </p>
          <button type="button" onClick={retry} className="rounded border border-edge px-3 py-1 font-medium">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
