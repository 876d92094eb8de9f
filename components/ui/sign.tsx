import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export type SignTone = "ink" | "muted" | "red" | "amber" | "green";

/** `sign` is in icon.css: a list says it a hundred times. */
const colours: Record<SignTone, string> = {
  ink: "sign",
  muted: "sign text-muted",
  red: "sign text-red",
  amber: "sign text-amber",
  green: "sign text-green",
};

/** A state: a sign, a word and a colour, never the colour alone. */
export function Sign({
  tone,
  icon,
  children,
  title,
}: {
  tone: SignTone;
  icon: IconName;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span title={title} className={colours[tone]}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}
