import "server-only";
import { areaWatches } from "@/lib/composition/areas";
import type { Passing } from "@/lib/kernel/subject/pass-time";

/** Every area looks at what it watches: one that fails keeps no other from it, and the first failure is thrown in the end. */
export async function watchAreas(input: Passing): Promise<void> {
  const failures: unknown[] = [];
  for (const watch of areaWatches) await watch(input).catch((error: unknown) => failures.push(error));
  if (failures.length) throw failures[0];
}
