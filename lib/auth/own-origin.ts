import "server-only";
import { env } from "@/lib/env";
import { CockpitError } from "@/lib/errors";

/**
 * Whether a form was sent by a page of ours: browsers say by what, `null` where they will not. What says nothing is no browser, and
 * carries nobody's cookies but its own; an old browser at least says that it was another site.
 */
export const isOwn = (own: string, origin: string | null, site: string | null): boolean => (origin === null ? site === null || site === "same-origin" : origin === own);

/** Refuses with FORBIDDEN what another site, or a page under another address, sends. */
export function refuseForeign(headers: Headers): void {
  const own = env().url;
  if (!isOwn(own, headers.get("origin"), headers.get("sec-fetch-site"))) throw new CockpitError("FORBIDDEN", `This form was sent from elsewhere; the cockpit is at ${own}. Open it there, and try again.`);
}
