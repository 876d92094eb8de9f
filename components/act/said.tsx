/** What somebody wrote, whole and with its lines. `name`: what it is, where no heading above says so. */
export function Said({ name, text }: { name?: string; text: string | null }) {
  if (!text) return null;
  return (
    <div>
      {name && <h3 className="text-xs text-muted">{name}</h3>}
      <p className="text-sm wrap-anywhere whitespace-pre-wrap">
        <bdi>{text}</bdi>
      </p>
    </div>
  );
}
