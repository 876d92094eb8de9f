import type { GalleryRow } from "./row";

/** The components of a kit, one below the other, each with its states. */
export function Rows({ kit, rows }: { kit: string; rows: readonly GalleryRow[] }) {
  return (
    <section aria-labelledby={`kit-${kit}`} className="space-y-6">
      <h2 id={`kit-${kit}`} className="border-b border-line pb-1 font-semibold">
        components/{kit}
      </h2>
      {rows.map(({ of, states }) => (
        <div key={of} className="space-y-3">
          <h2 className="font-mono text-sm">{of}</h2>
          {Object.entries(states).map(([name, shown]) => (
            <div
              key={name}
              className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-1 md:grid-cols-[9rem_minmax(0,1fr)]"
            >
              <p className="text-sm text-muted">{name}</p>
              <div className="min-w-0">{shown}</div>
            </div>
          ))}
        </div>
      ))}
    </section>
  );
}
