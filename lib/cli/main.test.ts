import { describe, expect, it } from "vitest";
import { main } from "./main";

async function run(...args: string[]) {
  let out = "";
  let err = "";
  const code = await main(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    now: () => new Date("2026-03-01T09:00:00Z"),
  });
  return { code, out, err };
}

describe("the cockpit command", () => {
  it("says what it can do", async () => {
    expect(await run("help")).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining("verify chain [--json] [--expect SEQ:HASH]") as string,
    });
  });

  it.each([
    [[], "Which command?"],
    [["fly"], 'There is no command "fly".'],
    [["verify", "everything"], 'There is no command "verify everything".'],
    [["constructor"], 'There is no command "constructor".'],
    [["sample", "reset", "please"], "sample reset takes no arguments."],
  ])("refuses %j as a misuse, on stderr only", async (args, says) => {
    const answer = await run(...args);
    expect(answer).toMatchObject({ code: 2, out: "" });
    expect(answer.err.split("\n")[0]).toBe(says);
  });
});
