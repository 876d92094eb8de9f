import { expect, test } from "vitest";
import { streamOf } from "./respond-file";

async function open(pieces: AsyncGenerator<string, void>) {
  return new Response(streamOf(await pieces.next(), pieces, "request-1"));
}

test("a file is sent piece by piece, empty ones left out", async () => {
  async function* pieces() {
    yield* ["a", "", "", "é", "c"];
  }
  expect(await (await open(pieces())).text()).toBe("aéc");
});

test("a file that breaks off in the middle ends with an error, so that nobody takes it for the whole", async () => {
  async function* pieces() {
    yield "a";
    throw new Error("The database went away.");
  }
  await expect((await open(pieces())).text()).rejects.toThrow("The database went away.");
});

test("nothing more is read for a reader who has left", async () => {
  let left = false;
  async function* pieces() {
    try {
      for (;;) yield "a";
    } finally {
      left = true;
    }
  }
  const reader = (await open(pieces())).body!.getReader();
  await reader.read();
  await reader.cancel();
  expect(left).toBe(true);
});
