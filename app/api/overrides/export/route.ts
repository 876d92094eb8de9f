import { z } from "zod";
import { exportOverrides } from "@/lib/areas/override/acts/export";
import { overrideQuerySchema } from "@/lib/areas/override/contract";
import { exportedColumns } from "@/lib/areas/override/read/export";
import { respondFile } from "@/lib/kernel/act/respond-file";
import { contentTypes, fileFormats, tableFile } from "@/lib/kernel/list/table-file";

const asked = z.object({
  format: z.enum(fileFormats).catch("csv"),
  tab: z.enum(["awaiting", "active", "history"]).catch("history"),
});

/** Everything that the filters leave of a tab, the history unless said otherwise, as CSV or JSON. */
export function GET(request: Request): Promise<Response> {
  return respondFile(async (ctx) => {
    const parameters = Object.fromEntries(new URL(request.url).searchParams);
    const { format, tab } = asked.parse(parameters);
    const pages = await exportOverrides(ctx, { format, tab, query: overrideQuerySchema.parse(parameters) });
    const stamp = ctx.now.toISOString().replace(/[-:]|\.\d+/g, "");
    return {
      name: `overrides-${tab}-${stamp}.${format}`,
      type: contentTypes[format],
      pieces: tableFile(format, exportedColumns, pages),
    };
  });
}
