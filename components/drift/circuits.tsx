import { Section } from "@/components/ui/section";
import { Sign, type SignTone } from "@/components/ui/sign";
import type { IconName } from "@/components/ui/icon";
import { Ago } from "@/components/ui/time";
import type { CircuitView } from "@/lib/areas/drift/contract";
import { sayMany } from "@/lib/kernel/words/quantities";

const states: Readonly<Record<CircuitView["state"], { tone: SignTone; icon: IconName; says: string }>> = {
  open: { tone: "red", icon: "cross", says: "Open: nothing is sent to it" },
  "half-open": { tone: "amber", icon: "half", says: "Half-open: one more failure opens it again" },
  closed: { tone: "green", icon: "check", says: "Closed" },
};

/** thegent's circuits that failed of late, beside the drift that they may be the cause of. */
export function Circuits({ circuits, serverNow }: { circuits: readonly CircuitView[]; serverNow: string }) {
  return (
    <Section title="Circuits" aside={circuits.length ? sayMany(circuits.length, "circuit") : undefined}>
      {circuits.length === 0 && (
        <p className="text-sm text-muted">
          None failed within a day. Five failures within five minutes open one, for a minute after the last of them.
        </p>
      )}
      <ul className="grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2">
        {circuits.map((circuit) => (
          <li key={`${circuit.category}\n${circuit.target}`} className="space-y-0.5">
            <p className="flex flex-wrap gap-x-3">
              <bdi className="font-medium">{circuit.target}</bdi>
              {circuit.category !== "agent" && <bdi className="text-muted">{circuit.category}</bdi>}
              <Sign tone={states[circuit.state].tone} icon={states[circuit.state].icon}>
                {states[circuit.state].says}
              </Sign>
            </p>
            <p className="text-muted">
              {sayMany(circuit.failures, "failure")} within five minutes, the last{" "}
              <Ago at={circuit.lastFailureAt} serverNow={serverNow} />
              {circuit.since && (
                <>
                  ; not closed since <Ago at={circuit.since} serverNow={serverNow} />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
