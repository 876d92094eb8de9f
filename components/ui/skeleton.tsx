/** Rows that are on their way, as tall as the real ones. */
export function SkeletonRows({ count, label }: { count: number; label: string }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: count }, (_, row) => (
        <div key={row} className="flex h-8 items-center gap-6 border-b border-line px-4">
          <div className="breathing h-3 w-28 rounded bg-line" />
          <div className="breathing h-3 w-8 rounded bg-line" />
          <div className="breathing h-3 w-20 rounded bg-line" />
          <div className="breathing h-3 grow rounded bg-line" />
        </div>
      ))}
    </div>
  );
}
