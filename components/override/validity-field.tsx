"use client";

import { TextField } from "@/components/ui/field";
import { room } from "@/lib/kernel/limits";
import { mostSeconds } from "@/lib/model/limits";
import { saySeconds } from "./prepare";
import { presets, saySecondsTyped } from "./prepare-forms";

type Props = {
  id: string;
  value: string;
  most: number;
  error?: string;
  readOnly?: boolean;
  onChange: (seconds: string) => void;
};

/** How long it holds: one press for the usual lengths, or the seconds exactly. */
export function ValidityField({ id, value, most, error, readOnly = false, onChange }: Props) {
  const offered = [...new Set([...presets.filter((seconds) => seconds < most), most])];
  return (
    <div className="space-y-1">
      <TextField
        id={id}
        name="seconds"
        label="Validity, in seconds"
        inputMode="numeric"
        autoComplete="off"
        maxLength={room({ most: String(mostSeconds).length })}
        value={value}
        readOnly={readOnly}
        error={error}
        hint={`${saySecondsTyped(value)} At most ${saySeconds(most)}.`.trim()}
        onChange={(event) => onChange(event.target.value)}
      />
      <div role="group" aria-label="Usual validities" className="flex flex-wrap gap-1">
        {offered.map((seconds) => (
          <button
            key={seconds}
            type="button"
            disabled={readOnly}
            aria-pressed={value === String(seconds)}
            onClick={() => onChange(String(seconds))}
            className="h-7 rounded border border-edge bg-raised px-2 text-sm hover:bg-surface aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:font-medium"
          >
            {saySeconds(seconds)}
          </button>
        ))}
      </div>
    </div>
  );
}
