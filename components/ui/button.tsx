import type { ButtonHTMLAttributes } from "react";

const looks = {
  primary: "bg-accent text-accent-ink border-accent hover:opacity-90",
  plain: "border-edge bg-raised text-ink hover:bg-surface",
  quiet: "border-transparent text-muted hover:bg-surface hover:text-ink",
} as const;

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { look?: keyof typeof looks; pending?: boolean };

/** A button that says when it is busy, and then does nothing a second time. It keeps the focus meanwhile, unlike a disabled one. */
export function Button({ look = "plain", pending = false, className = "", onClick, children, type = "button", ...rest }: Props) {
  return (
    <button
      type={type}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={`inline-flex h-8 items-center gap-1.5 rounded border px-3 font-medium whitespace-nowrap disabled:opacity-50 ${looks[look]} ${pending ? "opacity-60" : ""} ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}
