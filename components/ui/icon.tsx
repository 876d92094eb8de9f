/** The names of the signs in icon.css. Whole class names, so that a misspelt one does not compile. */
export type IconName =
  | "alert"
  | "check"
  | "clock"
  | "hourglass"
  | "unknown"
  | "cross"
  | "person"
  | "queue"
  | "file"
  | "matrix"
  | "sun"
  | "moon"
  | "half"
  | "out"
  | "arrow"
  | "wave"
  | "bell"
  | "plus"
  | "key";

/** A sign. It always stands beside a word, so readers are not told of it. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return <i aria-hidden="true" className={`icon icon-${name} ${className}`.trimEnd()} />;
}
