/** The few signs the cockpit uses, drawn on a 16-px grid in the colour of the text. Always beside a word, so hidden from readers. */
const paths = {
  alert: "M8 2 15 14H1ZM8 6.5v3.5M8 12v.2",
  check: "m3 8.5 3.2 3.2L13 5",
  clock: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.8V8l2.2 1.6",
  hourglass: "M4 2h8M4 14h8M5 2c0 4 6 4.5 6 6s-6 2-6 6M11 2c0 4-6 4.5-6 6s6 2 6 6",
  unknown: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.3 6.4c0-2.4 3.5-2.2 3.5-.1 0 1.3-1.8 1.5-1.8 2.9M8 11.3v.2",
  cross: "m4 4 8 8M12 4l-8 8",
  person: "M8 8.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.8 14c.3-5 10.1-5 10.4 0",
  queue: "M2.5 4h11M2.5 8h11M2.5 12h7",
  file: "M4 1.8h5l3 3v9.4H4ZM9 1.8v3h3",
  matrix: "M2.5 2.5h11v11h-11ZM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11",
  sun: "M8 5.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M13 3l-1.2 1.2M4.2 11.8 3 13",
  moon: "M13.5 9.6A5.9 5.9 0 0 1 6.4 2.5a5.9 5.9 0 1 0 7.1 7.1Z",
  half: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 2v12M10 2.6v10.8M12 3.8v8.4",
  out: "M6 2.5H3v11h3M7 8h7M11 5l3 3-3 3",
  arrow: "M3 8h10M9 4l4 4-4 4",
  wave: "M1.5 8h3l2-5 3 10 2-5h3",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" className={`inline-block shrink-0 ${className}`}>
      <path d={paths[name]} />
    </svg>
  );
}
