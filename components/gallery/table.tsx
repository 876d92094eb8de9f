"use client";

import { Clock } from "@/components/list/clock";
import type { Column } from "@/components/table/columns";
import ColumnsMenu from "@/components/table/columns-menu";
import { PlainTable, type PlainColumn } from "@/components/table/plain-table";
import { rowLink } from "@/components/table/row-link";
import { Table } from "@/components/table/table";
import { longWord, nothing, type GalleryRow } from "./row";
import { Rows } from "./rows";

export type Example = { id: string; due: string; why: string; owner: string };

export const examples = (now: string): readonly Example[] => [
  { id: "run_1", due: now, why: "Critical lane requires confidence ≥ 0.9", owner: "ana:shop" },
  { id: "run_2", due: new Date(Date.parse(now) + 600_000).toISOString(), why: longWord, owner: longWord },
];

export const columns: readonly Column<Example>[] = [
  {
    id: "due",
    head: "Due",
    className: "md:w-43 shrink-0",
    sort: { by: "due", falls: false },
    cell: ({ due }, { serverNow }) => ({ says: <Clock to="sla" from={serverNow} at={due} serverNow={serverNow} /> }),
  },
  {
    id: "subject",
    head: "Subject",
    className: "cell-name md:w-36",
    cell: ({ id }) => ({ says: rowLink(id, "/gallery", id) }),
  },
  {
    id: "owner",
    head: "Owner",
    className: "md:w-38 max-md:hidden",
    choice: "usual",
    cell: ({ owner }) => ({ title: owner, says: owner }),
  },
  { id: "why", head: "Why", className: "cell-wide", choice: "extra", cell: ({ why }) => ({ title: why, says: why }) },
];

const plain: readonly PlainColumn<Example>[] = [
  { id: "run", head: "Run", cell: ({ id }) => id, isRowHead: true },
  { id: "owner", head: "Owner", className: "wrap-anywhere", cell: ({ owner }) => owner },
];
const keyOf = ({ id }: Example) => id;

export const rows = (now: string): readonly GalleryRow[] => {
  const all = examples(now);
  const known = { serverNow: now };
  const [first] = all;
  const selection = {
    items: new Map(first ? [[first.id, first]] : []),
    full: false,
    set: nothing,
    drop: nothing,
    clear: nothing,
  };
  return [
    {
      of: "table/table",
      states: {
        "long words": <Table caption="Rows with long words" columns={columns} rows={all} known={known} />,
        "nothing takes what is left": (
          <Table caption="Rows of even columns" columns={columns.slice(0, 3)} rows={all} known={known} />
        ),
        "ordered, one selected": (
          <Table
            caption="Rows of which one is selected"
            columns={columns}
            rows={all}
            known={known}
            order={{ now: "-due", by: nothing }}
            select={{ selection, nameOf: keyOf }}
          />
        ),
        "no row": <Table caption="No rows" columns={columns} rows={[]} known={known} />,
      },
    },
    {
      of: "table/plain-table",
      states: {
        "with a caption": <PlainTable name="Owners" caption="By owner" columns={plain} rows={all} keyOf={keyOf} />,
        "no row": <PlainTable name="No owners" columns={plain} rows={[]} keyOf={keyOf} />,
      },
    },
    {
      of: "table/columns-menu",
      states: {
        "the usual columns": (
          <ColumnsMenu columns={columns} chosen={undefined} onChoose={nothing} always="Due is always shown." />
        ),
        chosen: <ColumnsMenu columns={columns} chosen={["why"]} onChoose={nothing} always="Due is always shown." />,
      },
    },
    { of: "table/row-link", states: { usual: rowLink("run_1", "/gallery", "run_1") } },
  ];
};

const TableKit = ({ now }: { now: string }) => <Rows kit="table" rows={rows(now)} />;
export default TableKit;
