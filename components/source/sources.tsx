"use client";

import { useQuery } from "@tanstack/react-query";
import { useServerNow } from "@/components/list/use-server-now";
import { WhenRead } from "@/components/list/when-read";
import { MaybeOld } from "@/components/shell/reading";
import { PlainTable } from "@/components/table/plain-table";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { QuarantinedLineView, SourceView } from "@/lib/areas/source/contract";
import { rolesThatSeeText } from "@/lib/areas/source/domain/excerpt";
import { readingHealth } from "@/lib/areas/source/domain/reading";
import { sourcesQuery } from "@/lib/areas/source/queries/options";
import { sayBytes, sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { listed } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { fileColumns, linesOf } from "./file-columns";
import { sayPlace, sayProgress } from "./prepare";
import { listDialects } from "./say-dialect";

/** thegent's session directory: how far it is read, file by file, and every line that could not be used. */
export function Sources() {
  const source = useQuery(sourcesQuery);
  const serverNow = useServerNow(source.data?.now);
  return (
    <WhenRead of={source} reading="Reading the sources" rows={10}>
      {(data) => (
        <div className="space-y-6 px-4 pt-2 pb-8 wrap-anywhere">
          <Head source={data} serverNow={serverNow} />
          <MaybeOld error={source.error} now={data.now} />
          <Standstill source={data} />
          {data.writeProblem && (
            <Notice tone="red" icon="alert" live="polite">
              {data.writeProblem} It is tried again.
            </Notice>
          )}
          <Files source={data} serverNow={serverNow} />
          <Later files={data.files} />
          <Amiss source={data} />
          <Quarantine lines={data.quarantine} serverNow={serverNow} />
        </div>
      )}
    </WhenRead>
  );
}

function Head({ source, serverNow }: { source: SourceView; serverNow: string }) {
  const { progress } = source;
  const said = sayProgress(source);
  return (
    <header className="space-y-1">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h1 className="text-lg font-semibold">Sources</h1>
        <Sign {...said}>{said.says}</Sign>
        {source.lastReadAt && (
          <span className="text-sm text-muted">
            last looked at <Ago at={source.lastReadAt} serverNow={serverNow} />
          </span>
        )}
      </div>
      <p className="text-sm">
        <bdi className="font-mono">{source.directory}</bdi>
        {source.isSample && <span className="text-muted"> · the sample that comes with the cockpit</span>}
      </p>
      {progress.reading && (
        <progress
          className="h-2 w-full max-w-xl"
          aria-label="Bytes read"
          value={progress.read}
          max={Math.max(progress.size, 1)}
        />
      )}
    </header>
  );
}

/** A file that nobody looks at is not "read to its end". */
function Standstill({ source: { lastReadAt, now } }: { source: SourceView }) {
  if (readingHealth(lastReadAt === null ? null : new Date(lastReadAt), new Date(now)) === "ok") return null;
  return (
    <Notice tone="amber" icon="hourglass" live="polite">
      thegent&apos;s files are not being read now; is the worker running? What follows is as of the last look.
    </Notice>
  );
}

function Files({ source, serverNow }: { source: SourceView; serverNow: string }) {
  if (source.files.length === 0) {
    return (
      <Section title="Files">
        <p className="text-muted">
          The directory holds no file of thegent&apos;s yet. What thegent writes there appears here by itself.
        </p>
      </Section>
    );
  }
  return (
    <Section title="Files" aside={sayMany(source.files.length, "file")}>
      <PlainTable
        name="Files"
        columns={fileColumns}
        rows={linesOf(source.files, serverNow)}
        keyOf={({ key }) => key}
        lookOf={({ isFolded }) => (isFolded ? "text-muted" : undefined)}
        tableClassName="min-w-[46rem]"
      />
    </Section>
  );
}

function Later({ files }: { files: SourceView["files"] }) {
  const said = listDialects(files);
  if (said.length === 0) return null;
  return (
    <Section title="A later thegent">
      <ul className="max-w-4xl space-y-2 text-sm">
        {said.map(({ path, says }) => (
          <li key={path}>
            <bdi className="font-mono">{path}</bdi>: {says}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Amiss({ source: { amiss, amissCount } }: { source: SourceView }) {
  if (amissCount === 0) return null;
  return (
    <Section title="What else cannot be looked into" aside={sayMany(amissCount, "place")}>
      <ul className="space-y-1 text-sm">
        {amiss.map(({ path, problem }) => (
          <li key={path}>
            <bdi className="font-mono">{path}</bdi>: {problem}
          </li>
        ))}
        {amissCount > amiss.length && <li className="text-muted">And {sayCount(amissCount - amiss.length)} more.</li>}
      </ul>
    </Section>
  );
}

function Quarantine({ lines, serverNow }: { lines: readonly QuarantinedLineView[]; serverNow: string }) {
  return (
    <Section
      title="Lines that could not be used"
      aside={
        lines.length > 0
          ? sayMany(
              lines.reduce((sum, { count }) => sum + count, 0),
              "line",
            )
          : undefined
      }
    >
      {lines.length === 0 && (
        <p className="text-muted">
          None. A line that cannot be used would be kept here with its reason, and would not stop the rest.
        </p>
      )}
      {lines.some(({ excerpt }) => excerpt === null) && (
        <p className="text-sm text-muted">What they hold is shown to {listed(rolesThatSeeText(operatingModel))}.</p>
      )}
      <ul className="space-y-2">
        {lines.map((line) => (
          <li key={`${line.file}:${line.line}:${line.firstSeenAt}`} className="space-y-1 text-sm">
            <p>
              <bdi className="font-mono">{line.file}</bdi>, {sayPlace(line)}{" "}
              <span className="text-muted">· {sayBytes(line.length)} · first seen </span>
              <span className="text-muted">
                <Ago at={line.firstSeenAt} serverNow={serverNow} />
              </span>
              <br />
              <bdi>{line.reason}</bdi>
            </p>
            {line.excerpt !== null && (
              <pre className="max-h-16 overflow-hidden rounded bg-surface px-2 py-1 font-mono text-xs break-all whitespace-pre-wrap text-muted">
                <bdi>{line.excerpt}</bdi>
              </pre>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
