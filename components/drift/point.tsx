"use client";

import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import { sayExact } from "@/lib/kernel/words/instants";
import { sayCount } from "@/lib/kernel/words/quantities";
import type { Rate } from "./prepare";

/** Loaded once somebody asks for lines. */
const Events = dynamic(() => import("./events").then(({ Events: events }) => events), { ssr: false });

const say = (at: number) => sayExact(new Date(at).toISOString(), "UTC");

type Props = { rates: readonly Rate[]; grainMs: number; chosen: number | null; choose: (at: number | null) => void };

/** Which point's lines are shown, for those who cannot click on it, too; and the lines. */
export function Point({ rates, grainMs, chosen, choose }: Props) {
  const points = rates.filter(({ lines }) => lines > 0);
  const at = points.some((point) => point.at === chosen) ? chosen : null;
  if (!points.length) return null;
  return (
    <div className="space-y-2">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <label htmlFor="drift-point">Lines behind a point</label>
        <select
          id="drift-point"
          value={at ?? ""}
          onChange={(event) => choose(event.target.value ? Number(event.target.value) : null)}
          className="h-8 max-w-full rounded border border-edge bg-raised px-2"
        >
          <option value="">none chosen</option>
          {points.map((point) => (
            <option key={point.at} value={point.at}>
              {say(point.at)}, {sayCount(point.lines)} lines
            </option>
          ))}
        </select>
        {at !== null && (
          <Button size="small" onClick={() => choose(null)}>
            Hide the lines
          </Button>
        )}
      </p>
      {at !== null && (
        <Events key={at} from={new Date(at).toISOString()} until={new Date(at + grainMs).toISOString()} />
      )}
    </div>
  );
}
