"use client";

import { Button } from "@/components/ui/button";
import { SelectField, TextArea, TextField } from "@/components/ui/field";
import { Icon, type IconName } from "@/components/ui/icon";
import { LinkButton } from "@/components/ui/link-button";
import { Menu } from "@/components/ui/menu";
import { Notice } from "@/components/ui/notice";
import { Problem } from "@/components/ui/problem";
import { Fact, Section } from "@/components/ui/section";
import { Sign, type SignTone } from "@/components/ui/sign";
import { SkeletonRows } from "@/components/ui/skeleton";
import { SubmitButton } from "@/components/ui/submit-button";
import { Ago, AsOf, Exact } from "@/components/ui/time";
import { longWord, nothing, type GalleryRow } from "./row";
import { Rows } from "./rows";

/** A name that is missing here does not compile. */
const icons: Record<IconName, true> = {
  ...{ alert: true, check: true, clock: true, hourglass: true, unknown: true, cross: true, person: true, queue: true },
  ...{ file: true, matrix: true, sun: true, moon: true, half: true, out: true, arrow: true, wave: true, bell: true },
  ...{ plus: true, key: true },
};
const tones: readonly SignTone[] = ["ink", "muted", "red", "amber", "green"];
const earlier = (now: string, minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString();

export const rows = (now: string): readonly GalleryRow[] => [
  {
    of: "ui/button",
    states: {
      looks: (
        <span className="flex flex-wrap gap-2">
          <Button look="primary">Primary</Button>
          <Button>Plain</Button>
          <Button look="quiet">Quiet</Button>
          <Button size="small">Small</Button>
          <Button size="tiny">Tiny</Button>
        </span>
      ),
      busy: <Button pending>Saving…</Button>,
      "cannot be pressed": <Button disabled>Save</Button>,
      "long words": <Button className="max-w-full overflow-hidden">{longWord}</Button>,
    },
  },
  {
    of: "ui/field",
    states: {
      empty: <TextField id="ui-empty" label="Owner" />,
      "with a hint": <TextField id="ui-hint" label="Owner" hint="As thegent writes it." defaultValue="ana:shop" />,
      wrong: <TextField id="ui-wrong" label="Owner" error="The owner is missing." />,
      "cannot be changed": <TextArea id="ui-locked" label="Note" readOnly defaultValue="It was the gate." />,
      lines: <TextArea id="ui-lines" label="Note" error="The note is too long." defaultValue={longWord} />,
      "one of several": (
        <SelectField id="ui-one" label="To" error="Choose a colleague.">
          <option value="">Choose a colleague</option>
          <option>{longWord}</option>
        </SelectField>
      ),
    },
  },
  {
    of: "ui/icon",
    states: {
      all: (
        <span className="flex flex-wrap gap-3 text-sm">
          {(Object.keys(icons) as IconName[]).map((name) => (
            <span key={name} className="inline-flex items-center gap-1">
              <Icon name={name} /> {name}
            </span>
          ))}
        </span>
      ),
    },
  },
  { of: "ui/link-button", states: { usual: <LinkButton href="/escalations">New item</LinkButton> } },
  {
    of: "ui/menu",
    states: {
      closed: (
        <Menu name="Views" label="All open">
          {() => "What can be chosen."}
        </Menu>
      ),
    },
  },
  {
    of: "ui/notice",
    states: {
      plain: <Notice>Nobody is on duty.</Notice>,
      red: <Notice tone="red">The file cannot be read.</Notice>,
      amber: <Notice tone="amber">As of 09:10, reconnecting.</Notice>,
      green: <Notice tone="green">Taken up by thegent.</Notice>,
      "long words": <Notice tone="amber">{longWord}</Notice>,
    },
  },
  {
    of: "ui/problem",
    states: {
      "with a way on": <Problem message="The database cannot be reached." requestId="0193a2b4" onRetry={nothing} />,
      without: <Problem message={longWord} />,
    },
  },
  {
    of: "ui/section",
    states: {
      facts: (
        <Section title="The run" aside="2 records">
          <dl className="grid grid-cols-2 gap-2">
            <Fact name="Owner">ana:shop</Fact>
            <Fact name="Reason">{longWord}</Fact>
            <Fact name="Nothing is known of this, so nothing is shown">{null}</Fact>
          </dl>
        </Section>
      ),
    },
  },
  {
    of: "ui/sign",
    states: {
      tones: (
        <span className="flex flex-wrap gap-4">
          {tones.map((tone) => (
            <Sign key={tone} tone={tone} icon="clock">
              12m 04s left
            </Sign>
          ))}
        </span>
      ),
      "long words": (
        <Sign tone="red" icon="alert">
          {longWord}
        </Sign>
      ),
    },
  },
  { of: "ui/skeleton", states: { reading: <SkeletonRows count={2} label="Reading the gallery" /> } },
  {
    of: "ui/submit-button",
    states: {
      idle: <SubmitButton look="primary">Resolve</SubmitButton>,
      busy: (
        <SubmitButton look="primary" pending>
          Resolving…
        </SubmitButton>
      ),
    },
  },
  {
    of: "ui/time",
    states: {
      ago: <Ago at={earlier(now, 192)} serverNow={now} />,
      exact: <Exact at={now} />,
      "as of today": <AsOf at={now} serverNow={now} />,
      "as of another day": <AsOf at={earlier(now, 2880)} serverNow={now} />,
    },
  },
];

const Ui = ({ now }: { now: string }) => <Rows kit="ui" rows={rows(now)} />;
export default Ui;
