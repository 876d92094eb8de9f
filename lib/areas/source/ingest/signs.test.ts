import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Signs } from "./signs";

describe("work that is watched", () => {
  it("gives what it gives, or fails as it fails", async () => {
    const signs = new Signs();
    expect(await signs.orStandstill(pause(5, "done"), 60_000)).toBe("done");
    await expect(signs.orStandstill(Promise.reject(new Error("no")), 60_000)).rejects.toThrow("no");
  });

  it("may take as long as it likes while it gives signs", async () => {
    const signs = new Signs();
    const work = async () => {
      for (let n = 0; n < 20; n++) {
        await pause(50);
        signs.give();
      }
      return "done";
    };
    expect(await signs.orStandstill(work(), 700)).toBe("done");
  });

  it("is given up once it gives none", async () => {
    const signs = new Signs();
    const hangs = new Promise<never>(() => {});
    expect(await signs.orStandstill(hangs, 50)).toBe("standstill");
  });
});
