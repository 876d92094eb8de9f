import type { QueryClient } from "@tanstack/react-query";

/**
 * Puts the answer of an action where it is shown. Reads of these keys that set out before it would bring the old state back: they are cut
 * off, and set out again, because they may have been after news of somebody else's.
 */
export async function putAnswer(
  client: QueryClient,
  touched: readonly (readonly unknown[])[],
  put: () => void,
): Promise<void> {
  const reading = touched.flatMap((queryKey) => client.getQueryCache().findAll({ queryKey, fetchStatus: "fetching" }));
  await Promise.all(touched.map((queryKey) => client.cancelQueries({ queryKey })));
  put();
  for (const { queryKey } of reading) void client.invalidateQueries({ queryKey, exact: true });
}
