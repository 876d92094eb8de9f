import { PlainTable, type PlainColumn } from "@/components/table/plain-table";
import { Section } from "@/components/ui/section";
import type { DriftView, ProviderRow } from "@/lib/areas/drift/contract";
import { sayPercent } from "@/lib/areas/drift/words";
import { sayCount } from "@/lib/kernel/words/quantities";

const spanWords: Readonly<Record<DriftView["span"], string>> = { "1": "day", "7": "7 days", "30": "30 days" };
const share = (count: number, of: number) => sayPercent(of ? (count / of) * 100 : null);
const named = (text: string, className = "") => (
  <bdi className={`block max-w-56 truncate ${className}`} title={text}>
    {text}
  </bdi>
);
const right = "text-right whitespace-nowrap";

const columns: readonly PlainColumn<ProviderRow>[] = [
  { id: "provider", head: "Provider", cell: ({ provider }) => named(provider) },
  { id: "contract", head: "Contract", cell: ({ contract }) => named(contract, "font-mono") },
  { id: "lines", head: "Lines", className: right, cell: ({ lines }) => sayCount(lines) },
  { id: "structural", head: "Structural", className: right, cell: (row) => share(row.structural, row.lines) },
  { id: "semantic", head: "Semantic", className: right, cell: (row) => share(row.semantic, row.lines) },
  { id: "plain", head: "Plain text", className: right, cell: (row) => share(row.fallbacks, row.outputs) },
  { id: "success", head: "Success", className: right, cell: (row) => share(row.successes, row.outputs) },
  { id: "confidence", head: "Confidence", className: right, cell: ({ confidence }) => confidence?.toFixed(2) ?? "–" },
];

/** Each provider under each contract, within the span that is looked at. */
export function Providers({ view: { providers, span } }: { view: DriftView }) {
  return (
    <Section title="Providers and contracts" aside={`the last ${spanWords[span]}`}>
      {providers.length === 0 ? (
        <p className="text-sm text-muted">No line of telemetry is from the last {spanWords[span]}.</p>
      ) : (
        <>
          <PlainTable
            name="Providers and contracts"
            columns={columns}
            rows={providers}
            keyOf={({ provider, contract }) => `${provider}\n${contract}`}
            tableClassName="min-w-[44rem]"
          />
          <p className="text-sm text-muted">Shares of drift are of all lines, the others of outputs.</p>
        </>
      )}
    </Section>
  );
}
