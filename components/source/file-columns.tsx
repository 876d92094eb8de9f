import type { ReactNode } from "react";
import type { PlainColumn } from "@/components/table/plain-table";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { SourceFileView } from "@/lib/areas/source/contract";
import { sayBytes, sayCount } from "@/lib/kernel/words/quantities";
import { foldFiles, sayFile, sayFolded } from "./prepare";

const FOLD_ABOVE = 8;

/** A file, or many of a kind that are well. */
type FileLine = {
  key: string;
  name: ReactNode;
  state: ReactNode;
  read: string;
  lines: string;
  records: string;
  unusable: string;
  lastRead: ReactNode;
  isFolded: boolean;
};

const oneFile = (file: SourceFileView, serverNow: string): FileLine => ({
  key: file.path,
  name: (
    <bdi className="block max-w-72 truncate font-mono" title={file.path}>
      {file.path}
    </bdi>
  ),
  state: <Sign {...sayFile(file)}>{sayFile(file).says}</Sign>,
  read: `${sayBytes(file.read)}${file.read < file.size ? ` of ${sayBytes(file.size)}` : ""}`,
  lines: sayCount(file.lines),
  records: sayCount(file.records),
  unusable: file.quarantined > 0 ? sayCount(file.quarantined) : "—",
  lastRead: file.lastReadAt ? <Ago at={file.lastReadAt} serverNow={serverNow} /> : "not yet",
  isFolded: false,
});

/** The files as the table shows them: first those that are told one by one. */
export function linesOf(files: readonly SourceFileView[], serverNow: string): FileLine[] {
  const { shown, folded } = foldFiles(files, FOLD_ABOVE);
  return [
    ...shown.map((file) => oneFile(file, serverNow)),
    ...folded.map(({ kind, count, records, size }) => ({
      key: kind,
      name: sayFolded(kind, count),
      state: (
        <Sign tone="green" icon="check">
          Read to their ends
        </Sign>
      ),
      read: sayBytes(size),
      lines: "",
      records: sayCount(records),
      unusable: "—",
      lastRead: "",
      isFolded: true,
    })),
  ];
}

const right = "text-right whitespace-nowrap";

export const fileColumns: readonly PlainColumn<FileLine>[] = [
  { id: "file", head: "File", cell: ({ name }) => name },
  { id: "state", head: "State", cell: ({ state }) => state },
  { id: "read", head: "Read", className: right, cell: ({ read }) => read },
  { id: "lines", head: "Lines", className: right, cell: ({ lines }) => lines },
  { id: "records", head: "Records", className: right, cell: ({ records }) => records },
  { id: "unusable", head: "Not usable", className: right, cell: ({ unusable }) => unusable },
  { id: "last-read", head: "Last read", className: "whitespace-nowrap text-muted", cell: ({ lastRead }) => lastRead },
];
