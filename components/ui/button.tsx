import type { ButtonHTMLAttributes } from "react";

const looks = {
  primary: "bg-accent text-accent-ink border-accent hover:opacity-90",
  plain: "border-edge bg-raised text-ink hover:bg-surface",
  quiet: "border-transparent text-muted hover:bg-surface hover:text-ink",
} as const;

const sizes = {
  usual: "h-8 px-3",
  small: "h-[30px] px-2 text-sm",
  tiny: "h-6 px-1.5 text-xs",
} as const;

/** Its height, padding and letters come with `size`: as classes of the caller's they would not reliably win over these. */
type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
  pending?: boolean;
};

/** A button that says when it is busy, and then does nothing a second time. It keeps the focus meanwhile, unlike a disabled one. */
export function Button({
  look = "plain",
  size = "usual",
  pending = false,
  className = "",
  onClick,
  children,
  type = "button",
  ...rest
}: Props) {
  return (
    <button
      type={type}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={`inline-flex items-center gap-1.5 rounded border font-medium whitespace-nowrap disabled:opacity-50 ${sizes[size]} ${looks[look]} ${pending ? "opacity-60" : ""} ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}
