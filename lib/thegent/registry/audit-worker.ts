/** A thread that audits ranges of a registry (audit-file.ts). */
import { parentPort, workerData } from "node:worker_threads";
import { SpanAuditor } from "./audit-span";
import { auditRange } from "./audit-range";
import { RangeReader, type Range } from "./range";

const { fd, size } = workerData as { fd: number; size: number };
const [reader, auditor] = [new RangeReader(fd, size), new SpanAuditor()];

parentPort!.on("message", (range: Range) => parentPort!.postMessage(auditRange(reader, auditor, range)));
