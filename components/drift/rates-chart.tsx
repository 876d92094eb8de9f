"use client";

import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { DriftView } from "@/lib/areas/drift/contract";
import { sayPercent } from "@/lib/areas/drift/words";
import { type Rate } from "./prepare";

const dayMs = 24 * 3_600_000;
/** Told apart by their dashes and named at the chart: never by colour alone. */
const lines = [
  { of: "structural", name: "Structural drift", colour: "var(--red)", dashes: undefined },
  { of: "semantic", name: "Semantic drift", colour: "var(--accent)", dashes: "6 3" },
] as const;
const dot = { r: 2 };
const small = { fontSize: 12 };

type Props = { rates: readonly Rate[]; budget: DriftView["budget"]; grainMs: number; onPoint: (at: number) => void };

/** The rates and their budgets; what it shows is in the table beneath it, too, and so is the way to the lines behind a point. */
export function RatesChart({ rates, budget, grainMs, onPoint }: Props) {
  const say = (at: number) => (grainMs < dayMs ? `${sayDay(at)} ${sayTime(at)}` : sayDay(at));
  return (
    <div
      className="h-full"
      role="img"
      aria-label="Structural and semantic drift over time, in per cent; the same numbers are in the table beneath"
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={[...rates]}
          margin={{ top: 8, right: 12, bottom: 0, left: -12 }}
          accessibilityLayer={false}
          onClick={({ activeLabel }) => activeLabel !== undefined && onPoint(Number(activeLabel))}
        >
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="at" tickFormatter={say} minTickGap={48} stroke="var(--muted)" tick={small} />
          <YAxis unit=" %" width={64} stroke="var(--muted)" tick={small} domain={[0, "auto"]} />
          <Tooltip
            labelFormatter={(at) => `${sayDay(Number(at))} ${sayTime(Number(at))} UTC`}
            formatter={(value) => sayPercent(typeof value === "number" ? value : null)}
            contentStyle={{ background: "var(--raised)", borderColor: "var(--line)", color: "var(--ink)" }}
          />
          <Legend wrapperStyle={small} />
          {budget.ok && <ReferenceLine {...budgetLine("structural", budget.value.structural_budget_pct)} />}
          {budget.ok && <ReferenceLine {...budgetLine("semantic", budget.value.semantic_budget_pct)} />}
          {lines.map(({ of, name, colour, dashes }) => (
            <Line
              key={of}
              dataKey={of}
              name={name}
              stroke={colour}
              strokeWidth={2}
              {...(dashes && { strokeDasharray: dashes })}
              dot={dot}
              connectNulls={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

const budgetLine = (kind: string, allowed: number) => ({
  y: allowed,
  stroke: "var(--edge)",
  strokeDasharray: "2 4",
  ifOverflow: "extendDomain" as const,
  label: {
    value: `${kind} budget ${allowed} %`,
    position: "insideTopLeft" as const,
    fontSize: 11,
    fill: "var(--muted)",
  },
});

const sayDay = (at: number): string => new Date(at).toISOString().slice(5, 10);
const sayTime = (at: number): string => new Date(at).toISOString().slice(11, 16);
