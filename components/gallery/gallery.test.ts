import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { rows as act } from "./act";
import { rows as list } from "./list";
import { rows as table } from "./table";
import { rows as ui } from "./ui";

const now = "2026-02-10T09:10:00.000Z";
const all = [ui, act, list, table].flatMap((rows) => rows(now));

test("every component of the kits is in the gallery, and nothing that is none", () => {
  const files = ["ui", "act", "list", "table"].flatMap((kit) =>
    fs
      .readdirSync(path.join("components", kit))
      .filter((file) => file.endsWith(".tsx"))
      .map((file) => `${kit}/${file.replace(".tsx", "")}`),
  );
  expect(all.map(({ of }) => of).sort()).toEqual(files.sort());
});

test("each of them in at least one state", () =>
  expect(all.filter(({ states }) => Object.keys(states).length === 0)).toEqual([]));
