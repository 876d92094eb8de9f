import { parseCheckpointRegistry } from "./checkpoint-registry";
import { parseCircuitBreakers } from "./circuit-breakers";
import { parseContractTelemetry } from "./contract-telemetry";
import { parseEnvTransitionState } from "./env-transition-state";
import { parseEscalationQueue } from "./escalation-queue";
import type { FileFormat } from "./format";
import { parseHandoffRegistry } from "./handoff-registry";
import { parseCircuitState, parseGovernanceEvents, parseSecondQueue } from "./later-files";
import { parseOverrideRegistry } from "./override-registry";
import { parseRunRegistry } from "./run-registry";
import { parseSessionMeta } from "./session-meta";

const named = (name: string) => (path: string) => path === name;

/** `<owner-key>/<session-id>.json`, one directory deep as thegent's `ps` looks; archived sessions are gone from there. */
const isSessionMeta = (path: string): boolean =>
  /^[^/]+\/[^/]+\.json$/.test(path) && !/^(?:archive|escalations)\//.test(path);

/** A later thegent's second queue, in a directory beside those of the owners. */
const isOfSecondQueue = (path: string): boolean => /^escalations\/[^/]+\.json$/.test(path);

/** Every file the cockpit reads (FORMATS §1). A new file of thegent's is a row here. */
export const formats: readonly FileFormat[] = [
  {
    kind: "run_registry",
    matches: named("run_registry.jsonl"),
    style: "lines",
    onlyGrows: true,
    parse: parseRunRegistry,
  },
  { kind: "escalation_queue", matches: named("escalation_queue.jsonl"), style: "lines", parse: parseEscalationQueue },
  {
    kind: "override_registry",
    matches: named("override_registry.jsonl"),
    style: "lines",
    onlyGrows: true,
    parse: parseOverrideRegistry,
  },
  {
    kind: "contract_telemetry",
    matches: named("contract_telemetry.jsonl"),
    style: "lines",
    parse: parseContractTelemetry,
  },
  {
    kind: "checkpoint_registry",
    matches: named("checkpoint_registry.jsonl"),
    style: "lines",
    parse: parseCheckpointRegistry,
  },
  { kind: "circuit_breakers", matches: named("circuit_breakers.jsonl"), style: "lines", parse: parseCircuitBreakers },
  { kind: "handoff_registry", matches: named("handoff_registry.jsonl"), style: "lines", parse: parseHandoffRegistry },
  { kind: "session_meta", matches: isSessionMeta, style: "document", parse: parseSessionMeta },
  {
    kind: "env_transition_state",
    matches: named("env_transition_state.json"),
    style: "document",
    parse: parseEnvTransitionState,
  },
  { kind: "circuit_state", matches: named("circuit_breakers.json"), style: "document", parse: parseCircuitState },
  { kind: "second_queue", matches: isOfSecondQueue, style: "document", parse: parseSecondQueue },
  {
    kind: "governance_events",
    matches: named("governance_events.jsonl"),
    style: "lines",
    parse: parseGovernanceEvents,
  },
];

/** What file this path (relative to the session directory) is; null for one the cockpit does not read. */
export const findFormat = (path: string): FileFormat | null => formats.find((format) => format.matches(path)) ?? null;
