import { expect, it, vi } from "vitest";
import { Undo } from "./undo";

it("ends everything, last started first, also when what announces the end fails, as on a full disk", async () => {
  const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
  const undo = new Undo();
  const ended: string[] = [];
  undo.push(() => void ended.push("database"));
  undo.push(() => Promise.reject(new Error("no")));
  undo.push(() => void ended.push("web"));
  undo.first(() => {
    throw new Error("ENOSPC");
  });
  await undo.all();
  expect(ended).toEqual(["web", "database"]);
  expect(complaints).toHaveBeenCalledTimes(2);
  complaints.mockRestore();
});
