import { isServer, notifyManager, QueryClient } from "@tanstack/react-query";
import { broughtOrRead } from "./brought-along";
import { mayPass } from "./fetch-json";

/** A safety net under the live stream, not the way news arrive. */
const SAFETY_REFETCH_MS = 60_000;

let untold: (() => void)[] = [];

/** What is answered at once is told in one turn: told in a turn each, the page would be drawn for each. */
notifyManager.setScheduler((tell) => {
  if (untold.push(tell) > 1) return;
  setTimeout(() => {
    const all = untold;
    untold = [];
    for (const each of all) each();
  }, 0);
});

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server rendered is not asked for again at once; the live stream says when it is old.
        staleTime: 5_000,
        refetchInterval: SAFETY_REFETCH_MS,
        // "Offline" is a guess of the browser's; the cockpit may run on this very machine.
        networkMode: "always",
        persister: (read, context, query) =>
          isServer ? read(context) : broughtOrRead(query.queryHash, () => read(context)),
        retry: (failures, error) => failures < 2 && mayPass(error),
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
    },
  });
}

let browserClient: QueryClient | undefined;

/** A client per request on the server, one for the life of the page in the browser. */
export function queryClient(): QueryClient {
  if (isServer) return makeQueryClient();
  return (browserClient ??= makeQueryClient());
}
