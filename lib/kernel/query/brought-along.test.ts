import { afterEach, beforeEach, expect, test, vi } from "vitest";

type Part = { readyState: string; text: string | null };
let part: Part;
let whole: () => void;

/** The parts of a document that are looked at. */
beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("document", {
    get readyState() {
      return part.readyState;
    },
    addEventListener: (_name: string, listener: () => void) => (whole = listener),
    getElementById: (id: string) =>
      id === "known" && part.text !== null ? { textContent: part.text, remove: () => (part.text = null) } : null,
  });
});
afterEach(() => void vi.unstubAllGlobals());

const text = (known: [readonly unknown[], unknown][]) => JSON.stringify({ now: "2026-02-10T09:00:00.000Z", known });
const load = async () => (await import("./brought-along")).broughtOrRead;
const hash = '["list",""]';

test("what the document brought is taken once; then it is read", async () => {
  part = { readyState: "complete", text: text([[["list", ""], "brought"]]) };
  const broughtOrRead = await load();
  const read = vi.fn(() => "read");
  expect(await broughtOrRead(hash, read)).toBe("brought");
  expect(read).not.toHaveBeenCalled();
  expect(await broughtOrRead(hash, read)).toBe("read");
});

test("what it did not bring is read, also where it brought nothing at all", async () => {
  part = { readyState: "complete", text: null };
  expect(await (await load())(hash, () => "read")).toBe("read");
});

test("while the document is on its way it is waited for", async () => {
  part = { readyState: "loading", text: null };
  const broughtOrRead = await load();
  const read = vi.fn(() => "read");
  const answer = broughtOrRead(hash, read);
  await Promise.resolve();
  part = { readyState: "interactive", text: text([[["list", ""], "brought"]]) };
  whole();
  expect(await answer).toBe("brought");
  expect(read).not.toHaveBeenCalled();
});

test("what nobody asked for in time is read", async () => {
  part = { readyState: "complete", text: text([[["list", ""], "brought"]]) };
  const broughtOrRead = await load();
  vi.spyOn(performance, "now").mockReturnValue(30_001);
  expect(await broughtOrRead(hash, () => "read")).toBe("read");
  vi.restoreAllMocks();
});
