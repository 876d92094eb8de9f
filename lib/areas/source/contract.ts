import type { Instant } from "@/lib/kernel/contract";
import type { Dialects } from "@/lib/thegent/records/dialect";

export type SourceFileView = {
  path: string;
  kind: string;
  /** Bytes on disk, when last looked at, and bytes read. */
  size: number;
  read: number;
  /** It was replaced or rewritten, and is being read again from its start. */
  rereading: boolean;
  lines: number;
  records: number;
  quarantined: number;
  lastReadAt: Instant | null;
  problem: string | null;
  gone: boolean;
  /** How many of its records each thegent wrote, of those that tell. */
  dialects: Dialects;
  /** A later thegent wrote records that it holds no more. */
  laterBefore: boolean;
  /** Of a file that only grows: how many records fewer it held when it was last found rewritten. */
  lost: number;
};

/** Equal lines are one: `count` of them, from `line` to `lastLine`. */
export type QuarantinedLineView = {
  file: string;
  line: number;
  lastLine: number;
  count: number;
  reason: string;
  /** The beginning of its text; null for whom it is not to be seen by. */
  excerpt: string | null;
  length: number;
  firstSeenAt: Instant;
};

export type SourceView = {
  directory: string;
  isSample: boolean;
  lastReadAt: Instant | null;
  problem: string | null;
  /** What keeps lines that others added meanwhile out of a file that the cockpit wrote. */
  writeProblem: string | null;
  /** Progress over all files; `reading` while bytes are left. */
  progress: { read: number; size: number; reading: boolean };
  files: SourceFileView[];
  /** What else of the directory cannot be looked into: the first of them, and how many there are. */
  amiss: { path: string; problem: string }[];
  amissCount: number;
  quarantine: QuarantinedLineView[];
  now: Instant;
};
