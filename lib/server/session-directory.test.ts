import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StartError } from "@/lib/kernel/errors";
import { makeDataDirectory } from "./data-directory";
import { checkSessionDirectory, prepareSample, resetSample } from "./session-directory";

const now = new Date("2026-03-01T10:00:00.000Z");

let home: string;
let data: string;
beforeEach(() => {
  home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-session-")));
  data = path.join(home, "cockpit", "data");
  makeDataDirectory(data);
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

const place = (name: string) => path.join(home, name);

describe("a session directory whose writers would have what is the cockpit's own within reach is refused:", () => {
  it.each([
    ["the data directory itself", () => data],
    ["one that holds it", () => path.dirname(data)],
    ["one that holds it further down", () => home],
    ["the root of everything", () => "/"],
    ["one that lies in it", () => path.join(data, "logs")],
    ["the directory of the sample's directory", () => path.join(data, "sample")],
    ["one that holds the code that runs", () => process.cwd()],
    ["a link to one of these", () => place("link")],
  ])("%s", async (_, named) => {
    await prepareSample(data, now);
    fs.symlinkSync(path.dirname(data), place("link"));
    expect(() => checkSessionDirectory(named(), data)).toThrow(StartError);
    expect(() => checkSessionDirectory(named(), data)).toThrow(`THGENT_SESSION_DIR names ${named()}, `);
  });
});

describe("a session directory may be", () => {
  it("one beside, also with a name that begins alike, and is known by its real name", () => {
    fs.mkdirSync(`${data}-sessions`);
    expect(checkSessionDirectory(`${data}-sessions`, data)).toBe(`${data}-sessions`);
    fs.symlinkSync(`${data}-sessions`, place("link"));
    expect(checkSessionDirectory(place("link"), data)).toBe(`${data}-sessions`);
  });

  it("the sample's copy, named by hand", async () => {
    const sample = await prepareSample(data, now);
    expect(checkSessionDirectory(sample, data)).toBe(sample);
  });
});

describe("the sample's copy", () => {
  it("lies in a directory of its own, with nothing of the cockpit's beside it", async () => {
    const sample = await prepareSample(data, now);
    expect(fs.readdirSync(path.dirname(sample))).toEqual(["session"]);
    expect(fs.statSync(path.dirname(sample)).mode & 0o777).toBe(0o700);
    await resetSample(data, now);
    expect(fs.readdirSync(path.dirname(sample))).toEqual(["session"]);
  });

  it("that an older version made goes on as it is", async () => {
    fs.mkdirSync(path.join(data, "sample-session"));
    fs.writeFileSync(path.join(data, "sample-session", "run_registry.jsonl"), "kept");
    const sample = await prepareSample(data, now);
    expect(fs.readFileSync(path.join(sample, "run_registry.jsonl"), "utf8")).toBe("kept");
    expect(fs.readdirSync(data).sort()).toEqual(["logs", "sample"]);
  });
});
