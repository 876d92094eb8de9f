import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

const tones = {
  plain: { box: "border-line bg-surface text-ink", sign: "text-muted", icon: "unknown" },
  red: { box: "border-red bg-red-wash text-ink", sign: "text-red", icon: "alert" },
  amber: { box: "border-amber bg-amber-wash text-ink", sign: "text-amber", icon: "alert" },
  green: { box: "border-green bg-green-wash text-ink", sign: "text-green", icon: "check" },
} as const satisfies Record<string, { box: string; sign: string; icon: IconName }>;

export type Tone = keyof typeof tones;

type Props = { tone?: Tone; icon?: IconName; live?: "polite" | "assertive"; children: ReactNode; className?: string };

/** A sentence that must not be missed, with a sign as well as a colour. `live` says it aloud when it appears. */
export function Notice({ tone = "plain", icon, live, children, className = "" }: Props) {
  const { box, sign } = tones[tone];
  const role = live === "assertive" ? "alert" : live ? "status" : undefined;
  return (
    <div role={role} className={`flex items-start gap-2 rounded border px-3 py-1.5 ${box} ${className}`}>
      <Icon name={icon ?? tones[tone].icon} className={`mt-[3px] ${sign}`} />
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </div>
  );
}
