/** What somebody wrote, whole and with its lines. */
export function Said({ name, text }: { name: string; text: string | null }) {
  if (!text) return null;
  return (
    <div>
      <h3 className="text-xs text-muted">{name}</h3>
      <p className="text-sm wrap-anywhere whitespace-pre-wrap">
        <bdi>{text}</bdi>
      </p>
    </div>
  );
}
