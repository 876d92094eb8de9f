import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rounds } from "@/lib/testing/rounds";
import { checkpointText, openCheckpoint, parseCheckpoint, signCheckpoint } from "./checkpoint";
import { cosign, cosignaturesOf } from "./cosignature";
import { leafHash } from "./hash";
import { keyTypes, makeSignerKey, parseSignerKey, parseVerifierKey, isKeyName, verifyBytes } from "./keys";
import { noteLimits, parseNote, parseSignature, signNote, verifyNote, writeNote } from "./note";
import { proveInclusion, type HashReader } from "./prove";
import { Malformed } from "./text";
import { hasTile, parseTilePath, tilePath, type Tile } from "./tile-path";
import { parseTlogProof, verifyTlogProof, writeTlogProof } from "./tlog-proof";
import { Frontier } from "./tree";

const bytes = (text: string) => Buffer.from(text);

/** From the documentation of Go's golang.org/x/mod/sumdb/note. */
const go = {
  signer: "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
  verifier: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
};

describe("keys and signed notes", () => {
  it("are those of Go's sumdb/note, to the byte", () => {
    const signer = parseSignerKey(go.signer);
    expect(signer.text).toBe(go.signer);
    expect(signer.verifier.text).toBe(go.verifier);
    expect(signNote(go.text, signer)).toBe(writeNote(go.text, [go.line]));
    expect(verifyNote(parseNote(bytes(writeNote(go.text, [go.line]))), [parseVerifierKey(go.verifier)])).toHaveLength(
      1,
    );
  });

  it("a made key is read again, and another kind, name or byte is another key or none", () => {
    const made = makeSignerKey("cockpit.example.org/audit", keyTypes.note);
    expect(parseSignerKey(made.text).verifier.text).toBe(made.verifier.text);
    expect(parseVerifierKey(made.verifier.text)).toMatchObject({ name: "cockpit.example.org/audit", type: 1 });
    for (const text of [
      "",
      "name",
      go.verifier.replace("Peter", "Pater"),
      go.verifier.replace("+c74f20a3", "+C74F20A3"),
      go.verifier.replace("ARpc", "ARpd"),
      go.verifier.replace("+ARpc2", "+BRpc2"),
      `${go.verifier} `,
      go.verifier.slice(0, -4),
      go.signer,
    ])
      expect(() => parseVerifierKey(text), text).toThrow(Malformed);
    expect(() => parseSignerKey(go.verifier)).toThrow(Malformed);
    expect(() => parseSignerKey(go.signer.replace("c74f20a3", "c74f20a4"))).toThrow("key id");
    for (const name of ["", "a b", "a+b", "a\u00a0b", "a\nb", "\ud800", "x".repeat(300)]) {
      expect(isKeyName(name)).toBe(false);
      expect(() => makeSignerKey(name, keyTypes.note)).toThrow(Malformed);
    }
  });

  it("signatures of keys one does not know are nothing to go by; a known key's that does not fit spoils the note", () => {
    const [ours, other] = [
      makeSignerKey("a.example/log", keyTypes.note),
      makeSignerKey("a.example/log", keyTypes.note),
    ];
    const by = (signer: typeof ours, text = "hello\n") => parseNote(bytes(signNote(text, signer))).signatures[0]!.line;
    const open = (text: string, ...lines: string[]) =>
      verifyNote(parseNote(bytes(writeNote(text, lines))), [ours.verifier]);
    expect(open("hello\n", by(other), "— who Zm9vYmFyYmF6", by(ours), by(ours))).toEqual([ours.verifier]);
    expect(() => open("hello\n", by(other))).toThrow("No known key");
    expect(() => open("hello\n", by(ours), by(ours, "hallo\n"))).toThrow("does not fit");
    expect(() => open("hello \n", by(ours))).toThrow("does not fit");
    const cosigner = makeSignerKey("a.example/log", keyTypes.cosignature);
    expect(() =>
      verifyNote(parseNote(bytes(writeNote("hello\n", [cosign("hello\n", cosigner, new Date(0))]))), [
        cosigner.verifier,
      ]),
    ).toThrow("No known key");
  });

  it("the text ends at the last empty line, and may hold empty lines itself", () => {
    const signer = makeSignerKey("n", keyTypes.note);
    const note = parseNote(bytes(signNote("one\n\n— not a signature\n\ntwo\n", signer)));
    expect(note.text).toBe("one\n\n— not a signature\n\ntwo\n");
    expect(verifyNote(note, [signer.verifier])).toHaveLength(1);
    expect(() => signNote("no newline", signer)).toThrow(Malformed);
  });

  it.each([
    ["nothing", ""],
    ["a text alone", "hello\n"],
    ["no signature", "hello\n\n"],
    ["no last newline", `hello\n\n${go.line}`],
    ["a hyphen for the dash", `hello\n\n-${go.line.slice(1)}\n`],
    ["two spaces", `hello\n\n${go.line.replace(" ", "  ")}\n`],
    ["base64 with a hole", `hello\n\n${go.line.replace("/", "*")}\n`],
    ["base64 with bits left over", "hello\n\n— n Zm9vYmFyYmF6Zh==\n"],
    ["a key id and nothing more", "hello\n\n— n Zm9vYg==\n"],
    ["a carriage return", `hello\r\n\n${go.line}\n`],
    ["a tab", `hel\tlo\n\n${go.line}\n`],
    ["U+0000", `hel\0lo\n\n${go.line}\n`],
    ["more signatures than anybody needs", `hello\n\n${`${go.line}\n`.repeat(noteLimits.signatures + 1)}`],
    ["more bytes than anybody needs", `${"x".repeat(noteLimits.bytes)}\n\n${go.line}\n`],
  ])("%s is no note", (_, text) => {
    expect(() => parseNote(bytes(text))).toThrow(Malformed);
  });

  it("bytes that are no UTF-8 are no note; sixteen signatures and more are one", () => {
    expect(() => parseNote(Buffer.concat([Buffer.of(0xff), bytes(`\n\n${go.line}\n`)]))).toThrow("UTF-8");
    expect(parseNote(bytes(`hello\n\n${`${go.line}\n`.repeat(noteLimits.signatures)}`)).signatures).toHaveLength(
      noteLimits.signatures,
    );
  });

  it("whatever bytes come, the answer is a note or why it is none", () => {
    const piece = fc.oneof(
      fc
        .constantFrom(
          "\n",
          "\n\n",
          "— ",
          "n",
          " ",
          "Zm9vYmFyYmF6",
          "origin",
          "12",
          go.line,
          "old 1",
          "c2sp.org/tlog-proof@v1",
          "index 1",
        )
        .map(bytes),
      fc.uint8Array({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        for (const parse of [parseNote, parseCheckpoint, parseTlogProof])
          try {
            parse(Buffer.concat(pieces));
          } catch (error) {
            expect(error).toBeInstanceOf(Malformed);
          }
      }),
      { numRuns: rounds(30, 3000) },
    );
  });
});

describe("checkpoints and cosignatures", () => {
  const log = makeSignerKey("cockpit.example.org/audit", keyTypes.note);
  const witness = makeSignerKey("witness.example/w1", keyTypes.cosignature);
  const head = { size: 7n, root: leafHash("root") };
  const at = new Date("2026-03-01T09:00:00Z");

  it("say origin, size and root, nothing more", () => {
    const text = checkpointText("cockpit.example.org/audit", head);
    expect(text.split("\n")).toEqual(["cockpit.example.org/audit", "7", head.root.toString("base64"), ""]);
    expect(openCheckpoint(bytes(signCheckpoint(head, log)), [log.verifier])).toMatchObject(head);
  });

  it("of another log, or signed by nobody known, are refused", () => {
    const other = makeSignerKey("cockpit.example.org/audit", keyTypes.note);
    const elsewhere = makeSignerKey("elsewhere.example/audit", keyTypes.note);
    expect(() => openCheckpoint(bytes(signCheckpoint(head, other)), [log.verifier])).toThrow("No known key");
    expect(() => openCheckpoint(bytes(signCheckpoint(head, elsewhere)), [log.verifier])).toThrow("another log");
    // Signed by a key that is known, and not that log's.
    expect(() =>
      openCheckpoint(bytes(signNote(checkpointText("elsewhere.example/audit", head), log)), [log.verifier]),
    ).toThrow("another log");
  });

  it.each([
    ["o", "7"],
    ["o", "07", "ROOT"],
    ["o", "-7", "ROOT"],
    ["o", "9223372036854775808", "ROOT"],
    ["o", "7", "short"],
    ["", "7", "ROOT"],
    ["o", "7", "ROOT", "", "x"],
  ])("%j is no checkpoint", (...lines) => {
    const text = `${lines.join("\n").replace("ROOT", head.root.toString("base64"))}\n`;
    expect(() => parseCheckpoint(bytes(signNote(text, log)))).toThrow(Malformed);
  });

  it("a witness' line is told from others by its key, holds its time, and binds both", () => {
    const text = checkpointText(log.name, head);
    const line = cosign(text, witness, at);
    const note = parseNote(bytes(signCheckpoint(head, log) + `${line}\n${line}\n`));
    expect(cosignaturesOf(note, [witness.verifier])).toMatchObject([{ at, line }]);
    expect(cosignaturesOf(note, [makeSignerKey("witness.example/w1", keyTypes.cosignature).verifier])).toEqual([]);
    expect(cosignaturesOf({ ...note, text: note.text.replace("7", "8") }, [witness.verifier])).toEqual([]);
    const { bytes: signed } = parseSignature(line);
    expect(verifyBytes(witness.verifier, bytes(`cosignature/v1\ntime 1772355600\n${text}`), signed.subarray(8))).toBe(
      true,
    );
    // A time that was changed, or that no calendar has, is not what was signed.
    for (const hour of ["00000000699fb311", "ffffffffffffffff"]) {
      const late = parseSignature(line)
        .bytes.toString("hex")
        .replace(/^.{16}/, hour);
      const id = Buffer.alloc(4);
      id.writeUInt32BE(witness.verifier.id);
      const forged = `— ${witness.name} ${Buffer.concat([id, Buffer.from(late, "hex")]).toString("base64")}`;
      expect(cosignaturesOf(parseNote(bytes(signCheckpoint(head, log) + `${forged}\n`)), [witness.verifier])).toEqual(
        [],
      );
    }
  });
});

describe("the proof of one event", () => {
  const log = makeSignerKey("cockpit.example.org/audit", keyTypes.note);
  const events = Array.from({ length: 100 }, (_, n) => `{"seq":${n + 1}}`);
  const frontier = Frontier.empty();
  for (const event of events) frontier.add(leafHash(event));
  const leaves: HashReader = async (subtrees) =>
    subtrees.map(({ height, index }) => {
      const part = Frontier.empty();
      const from = Number(index << BigInt(height));
      for (const event of events.slice(from, from + 2 ** height)) part.add(leafHash(event));
      return part.root();
    });
  const checkpoint = signCheckpoint({ size: 100n, root: frontier.root() }, log);
  const made = async (extra: Buffer | null = null) =>
    writeTlogProof({ index: 41n, extra, path: await proveInclusion(leaves, 41n, 100n), checkpoint });

  it("opens with the log's key alone, and says which of the witnesses agreed", async () => {
    const witness = makeSignerKey("w", keyTypes.cosignature);
    const at = new Date("2026-03-01T09:00:00Z");
    const text = `${await made()}${cosign(parseNote(bytes(checkpoint)).text, witness, at)}\n`;
    const proven = verifyTlogProof(bytes(text), events[41]!, [log.verifier], [witness.verifier]);
    expect(proven).toMatchObject({ index: 41n, checkpoint: { size: 100n }, cosignatures: [{ at }] });
    expect(parseTlogProof(bytes(await made(Buffer.from("more"))))).toMatchObject({ extra: Buffer.from("more") });
    expect(() => verifyTlogProof(bytes(text), events[40]!, [log.verifier])).toThrow("not event 42");
  });

  it("with a byte of it changed is refused", async () => {
    const proof = bytes(await made());
    for (let at = 0; at < proof.length; at += rounds(5, 1)) {
      const other = Buffer.from(proof);
      other[at]! ^= 1 << (at % 7);
      expect(() => verifyTlogProof(other, events[41]!, [log.verifier]), `byte ${at}`).toThrow(Malformed);
    }
  });

  it("that is cut anywhere is refused", async () => {
    const proof = bytes(await made());
    for (let end = 0; end < proof.length; end += rounds(23, 1))
      expect(() => verifyTlogProof(proof.subarray(0, end), events[41]!, [log.verifier])).toThrow(Malformed);
  });

  it("has no more hashes than a tree can need, and its data is base64", async () => {
    const proof = await made();
    const hash = leafHash("x").toString("base64");
    expect(() => parseTlogProof(bytes(proof.replace("index 41\n", `index 41\n${`${hash}\n`.repeat(64)}`)))).toThrow(
      "at most 63",
    );
    expect(() => parseTlogProof(bytes(proof.replace("index 41\n", "extra !\nindex 41\n")))).toThrow("not base64");
    expect(() => parseTlogProof(bytes(proof.replace("index 41", "index 041")))).toThrow("which event");
  });
});

describe("where tiles stand", () => {
  it.each<[string, Tile]>([
    ["tile/0/x001/x234/067", { level: 0, index: 1234067n, width: 256 }],
    ["tile/0/000.p/1", { level: 0, index: 0n, width: 1 }],
    ["tile/63/999.p/255", { level: 63, index: 999n, width: 255 }],
    ["tile/entries/x001/000", { level: "entries", index: 1000n, width: 256 }],
  ])("%s, and back", (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    "",
    "tile/0/0",
    "tile/0/1000",
    "tile/00/000",
    "tile/64/000",
    "tile/-1/000",
    "tile/0/x000/001",
    "tile/0/001/002",
    "tile/0/000.p/0",
    "tile/0/000.p/256",
    "tile/0/000.p/01",
    "tile/0/000/",
    "tile/data/000",
    `tile/0/${"x001/".repeat(50)}000`,
  ])("%s is none", (path) => expect(parseTilePath(path)).toBeNull());

  it("a tree of 70,000 leaves has the tiles that the specification counts", () => {
    const has = (level: number | "entries", index: bigint, width = 256) => hasTile(70_000n, { level, index, width });
    expect([has(0, 272n), has(0, 273n), has(0, 273n, 112), has(0, 273n, 113)]).toEqual([true, false, true, false]);
    expect([has(1, 0n), has(1, 1n, 17), has(1, 1n, 18), has(2, 0n, 1), has(2, 0n, 2)]).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
    expect([has("entries", 273n, 112), has("entries", 274n, 1)]).toEqual([true, false]);
  });
});
