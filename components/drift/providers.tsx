import { Section } from "@/components/ui/section";
import type { DriftView, ProviderRow } from "@/lib/areas/drift/contract";
import { sayCount } from "@/lib/kernel/words/quantities";
import { sayPercent } from "./prepare";

const spanWords: Readonly<Record<DriftView["span"], string>> = { "1": "day", "7": "7 days", "30": "30 days" };
const heads = "text-left text-xs font-normal text-muted";
const columns = ["Lines", "Structural", "Semantic", "Plain text", "Success", "Confidence"] as const;

/** Each provider under each contract, within the span that is looked at. */
export function Providers({ view: { providers, span } }: { view: DriftView }) {
  return (
    <Section title="Providers and contracts" aside={`the last ${spanWords[span]}`}>
      {providers.length === 0 ? (
        <p className="text-sm text-muted">No line of telemetry is from the last {spanWords[span]}.</p>
      ) : (
        <>
          <div tabIndex={0} role="region" aria-label="Providers and contracts" className="overflow-x-auto">
            <table className="w-full min-w-[44rem] text-sm wrap-normal [&_td]:h-8 [&_td]:border-b [&_td]:border-line [&_td]:pr-4 [&_th]:pr-4">
              <thead>
                <tr>
                  <th scope="col" className={heads}>
                    Provider
                  </th>
                  <th scope="col" className={heads}>
                    Contract
                  </th>
                  {columns.map((name) => (
                    <th key={name} scope="col" className={`${heads} text-right`}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {providers.map((row) => (
                  <Row key={`${row.provider}\n${row.contract}`} row={row} />
                ))}
              </tbody>
            </table>
          </div>
          <p className="text-sm text-muted">Shares of drift are of all lines, the others of outputs.</p>
        </>
      )}
    </Section>
  );
}

function Row({ row }: { row: ProviderRow }) {
  const share = (count: number, of: number) => sayPercent(of ? (count / of) * 100 : null);
  const values = [
    sayCount(row.lines),
    share(row.structural, row.lines),
    share(row.semantic, row.lines),
    share(row.fallbacks, row.outputs),
    share(row.successes, row.outputs),
    row.confidence === null ? "–" : row.confidence.toFixed(2),
  ];
  return (
    <tr>
      <td className="max-w-56 truncate" title={row.provider}>
        <bdi>{row.provider}</bdi>
      </td>
      <td className="max-w-56 truncate font-mono" title={row.contract}>
        <bdi>{row.contract}</bdi>
      </td>
      {values.map((value, index) => (
        <td key={columns[index]} className="text-right tabular-nums">
          {value}
        </td>
      ))}
    </tr>
  );
}
