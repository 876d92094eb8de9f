import { expect, it } from "vitest";
import { whyNoScene } from "./scene-place";

const sample = { directory: "/data/sample/session", isSample: true };
const other = { directory: "/elsewhere/sample/session", isSample: true };
const own = { directory: "/srv/thegent", isSample: false };

it.each([
  ["on the sample", [sample], sample.directory, null],
  ["on one of two samples", [other, sample], sample.directory, null],
  ["on somebody's own directory", [own], own.directory, /holds \/srv\/thegent, which is not the sample's/],
  [
    "on the sample, in a database that holds somebody's own directory too",
    [sample, own],
    sample.directory,
    /holds \/srv\/thegent/,
  ],
  ["on a sample that the database does not know", [other], sample.directory, /does not hold \/data\/sample\/session/],
  ["in a database that knows none", [], sample.directory, /does not hold/],
])("a scene %s", (_, sources, directory, refused) => {
  const because = whyNoScene(sources, directory);
  if (refused) expect(because).toMatch(refused);
  else expect(because).toBeNull();
});
