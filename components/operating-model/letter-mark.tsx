import { letterNames, type Letter } from "@/lib/model/roles";

/** Who may act is filled or outlined in the accent; who speaks or hears is grey. The word is always there, at least for readers. */
const looks: Record<Letter, string> = {
  A: "bg-letter-a text-accent-ink border-letter-a",
  R: "text-letter-r border-letter-r",
  C: "text-letter-c border-letter-c border-dashed",
  I: "text-letter-i border-transparent",
};

export function LetterMark({ letter }: { letter: Letter }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span
        aria-hidden="true"
        className={`inline-flex size-5 items-center justify-center rounded border text-xs font-semibold ${looks[letter]}`}
      >
        {letter}
      </span>
      <span className="text-sm">{letterNames[letter]}</span>
    </span>
  );
}
