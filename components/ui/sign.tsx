import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export type SignTone = "ink" | "muted" | "red" | "amber" | "green";

const colours: Record<SignTone, string> = { ink: "text-ink", muted: "text-muted", red: "text-red", amber: "text-amber", green: "text-green" };

/** A state: a sign, a word and a colour, never the colour alone. */
export function Sign({ tone, icon, children, title }: { tone: SignTone; icon: IconName; children: ReactNode; title?: string }) {
  return (
    <span title={title} className={`inline-flex max-w-full items-center gap-1.5 align-bottom ${colours[tone]}`}>
      <Icon name={icon} />
      <span className="truncate">{children}</span>
    </span>
  );
}
