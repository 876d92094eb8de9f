import "server-only";
import type { Known } from "@/components/shell/hydrate";
import type { OverrideQuery } from "@/lib/areas/override/contract";
import { overrideKeys } from "@/lib/areas/override/queries/options";
import { readFindings } from "@/lib/areas/override/read/finding-list";
import { listOverrides } from "@/lib/areas/override/read/list";
import type { Grant } from "@/lib/model/decide";

const pages = <Page>(page: Page) => ({ pages: [page], pageParams: [null] });

/** What the overrides' page shows first. */
export const overrideReads = (grant: Grant<"override.view">, query: OverrideQuery, now: Date): Promise<Known>[] =>
  query.tab === "findings"
    ? [readFindings(grant, {}, now).then((page) => [overrideKeys.findings, pages(page)])]
    : [listOverrides(grant, query, now).then((page) => [overrideKeys.overrideList(query), pages(page)])];
