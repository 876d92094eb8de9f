import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, genesisHash, hashBody, sealEvent, type AuditEvent } from "./audit-event";
import { ChainVerifier, type Head, type StoredEvent } from "./verify-chain";

const event = (n: number, note = `act ${n}`): AuditEvent => ({
  at: new Date(Date.UTC(2026, 2, 1, 9, 0, n)).toISOString(),
  action: "escalation.resolve",
  outcome: "done",
  actor: { kind: "person", id: "p1", name: "Olga" },
  role: "operator",
  letter: "R",
  subject: { kind: "escalation", id: `e${n}` },
  before: { status: "open" },
  after: { status: "resolved", note },
  because: null,
  requestId: `r${n}`,
  model: "om-1",
});

function chain(
  length: number,
  from: { seq: bigint; hash: string } = { seq: 0n, hash: genesisHash },
  note?: string,
): { events: StoredEvent[]; head: Head } {
  const events: StoredEvent[] = [];
  let { seq, hash } = from;
  for (let n = 1; n <= length; n++) {
    seq += 1n;
    const sealed = sealEvent(event(Number(seq), note), seq, hash);
    hash = sealed.hash;
    events.push({ seq, ...sealed });
  }
  return { events, head: { seq, hash } };
}

function verify(events: StoredEvent[], head: Head, expected?: Head) {
  const verifier = new ChainVerifier(expected);
  events.forEach((stored) => verifier.add(stored));
  return verifier.finish(head);
}

const kinds = (verdict: ReturnType<typeof verify>) => verdict.findings.map(({ kind, seq }) => `${kind} at ${seq}`);
const { events: honest, head } = chain(6);
const change = (index: number, edit: (stored: StoredEvent) => StoredEvent) =>
  honest.map((stored, i) => (i === index ? edit(stored) : stored));
const edited = (stored: StoredEvent): StoredEvent => ({
  ...stored,
  body: stored.body.replace("resolved", "cancelled"),
});
const rehashed = (stored: StoredEvent): StoredEvent => ({ ...edited(stored), hash: hashBody(edited(stored).body) });

describe("an honest chain", () => {
  it("passes, with its head", () => {
    expect(verify(honest, head)).toEqual({
      status: "passed",
      events: 6,
      head: { seq: "6", hash: head.hash },
      findings: [],
    });
  });
  it("passes when it is empty", () => {
    expect(verify([], { seq: 0n, hash: genesisHash }).status).toBe("passed");
  });
  it("passes against a checkpoint taken earlier", () => {
    expect(verify(honest, head, { seq: 4n, hash: honest[3]!.hash }).status).toBe("passed");
  });
});

describe("what somebody with direct access did is found where it was done", () => {
  it.each<[string, () => ReturnType<typeof verify>, string[]]>([
    ["an event's text was edited", () => verify(change(2, edited), head), ["edited at 3"]],
    ["an event was edited and its own hash recomputed", () => verify(change(2, rehashed), head), ["relinked at 4"]],
    ["the last event was edited and rehashed", () => verify(change(5, rehashed), head), ["head at 6"]],
    ["the first event was replaced", () => verify(change(0, rehashed), head), ["relinked at 2"]],
    [
      "an event was removed",
      () =>
        verify(
          honest.filter((_, i) => i !== 2),
          head,
        ),
      ["removed at 4"],
    ],
    [
      "two events were removed",
      () =>
        verify(
          honest.filter((_, i) => i !== 2 && i !== 3),
          head,
        ),
      ["removed at 5"],
    ],
    [
      "two events changed places",
      () =>
        verify(
          change(2, () => ({ ...honest[3]!, seq: 3n })).map((s, i) => (i === 3 ? { ...honest[2]!, seq: 4n } : s)),
          head,
        ),
      ["moved at 3", "relinked at 3", "moved at 4", "relinked at 4", "relinked at 5"],
    ],
    ["the end was cut off", () => verify(honest.slice(0, 4), head), ["cut at 6"]],
    [
      "the end was cut off and the head moved back, but a checkpoint was kept",
      () => verify(honest.slice(0, 4), { seq: 4n, hash: honest[3]!.hash }, head),
      ["cut at 6"],
    ],
    [
      "the whole chain was rewritten, but a checkpoint was kept",
      () =>
        verify(chain(6, undefined, "forged").events, chain(6, undefined, "forged").head, {
          seq: 3n,
          hash: honest[2]!.hash,
        }),
      ["rewritten at 3"],
    ],
    [
      "a text that is no JSON was put in",
      () =>
        verify(
          change(1, (stored) => ({ ...stored, body: "{", hash: hashBody("{") })),
          head,
        ),
      ["moved at 2", "relinked at 2", "relinked at 3"],
    ],
  ])("%s", (_, run, expected) => {
    const verdict = run();
    expect(verdict.status).toBe("failed");
    expect(kinds(verdict)).toEqual(expected);
  });

  it("without a checkpoint a cut together with its head cannot be told from an honest chain", () => {
    expect(verify(honest.slice(0, 4), { seq: 4n, hash: honest[3]!.hash }).status).toBe("passed");
  });

  it("any change of any one character of any text fails", () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(10_000), fc.constantFrom(...'x0"é'), (index, at, char) => {
        const { body } = honest[index]!;
        const position = at % body.length;
        fc.pre(body[position] !== char);
        const forged = change(index, (stored) => ({
          ...stored,
          body: body.slice(0, position) + char + body.slice(position + 1),
        }));
        expect(verify(forged, head).status).toBe("failed");
      }),
    );
  });
});

describe("one value has one text", () => {
  it("sorts keys, escapes all but printable ASCII, keeps hostile text whole", () => {
    expect(canonicalJson({ b: ["é\u2028\u0000</script>"], a: null })).toBe(
      '{"a":null,"b":["\\u00e9\\u2028\\u0000</script>"]}',
    );
  });
  it("reads back as the value it was made from", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: "binary" }),
          fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.boolean(), fc.constant(null)),
        ),
        (value) => {
          fc.pre(!("__proto__" in value && Object.hasOwn(value, "__proto__")));
          expect(JSON.parse(canonicalJson(value))).toEqual({ ...value });
        },
      ),
    );
  });
  it("refuses numbers that have more than one text", () => {
    expect(() => canonicalJson({ a: 0.1 })).toThrow(/whole numbers/);
  });
});
