"use client";

import { ActForm } from "@/components/act/act-form";
import { Choice } from "@/components/act/choice";
import { Failure } from "@/components/act/failure";
import { FormTabs } from "@/components/act/form-tabs";
import { ReceiptFrame } from "@/components/act/receipt-frame";
import { Reasons } from "@/components/act/refusals";
import { Said } from "@/components/act/said";
import { SpecForm } from "@/components/act/spec-form";
import type { ActForm as Form } from "@/components/act/use-act-form";
import { Notice } from "@/components/ui/notice";
import type { FormSpec } from "@/lib/kernel/act/view";
import { longWord, nothing, type GalleryRow } from "./row";
import { Rows } from "./rows";

const idle: Form = {
  problems: {},
  failure: null,
  pending: false,
  changed: nothing,
  onSubmit: (event) => event.preventDefault(),
  onBlur: nothing,
};
const failed = { message: "A colleague was first: Jon Berg resolved this item.", requestId: "0193a2b4" };
const frame = { consequence: "Closes this item.", submit: ["Resolve", "Resolving…"] as const };
const choices = [
  { value: "unblocked", name: "unblocked", says: "The cause is gone; the run may go on." },
  { value: "rejected", name: "rejected", says: longWord },
];

const spec: FormSpec = {
  label: "Resolve the example",
  submit: ["Resolve", "Resolving…"],
  notes: ["Two runs of this owner wait for the same."],
  consequence: "Closes this item and marks 1 pending record in thegent's escalation_queue.jsonl.",
  fields: [
    {
      ...{ kind: "choice", name: "outcome", label: "Outcome", missing: "Choose an outcome." },
      options: choices.map((choice) => ({ ...choice, consequence: null })),
    },
    {
      ...{ kind: "text", name: "note", label: "Note", called: "The note", rows: 2, asked: null },
      ...{ limit: { least: 3, most: 100 }, hint: "It stays in the audit trail." },
    },
    {
      ...{ kind: "select", name: "to", label: "To", missing: "Choose a colleague." },
      options: [{ value: "jon", name: "Jon Berg", says: null, consequence: null }],
    },
    { kind: "check", name: "adapter", label: "An adapter must change", consequence: "It reaches the Tech Lead." },
  ],
};
const specForm = { spec, fields: {}, onFields: nothing, send: () => Promise.resolve(null), onDone: nothing };

export const rows = (now: string): readonly GalleryRow[] => [
  {
    of: "act/act-form",
    states: {
      idle: (
        <ActForm name="An idle form" form={idle} {...frame}>
          {null}
        </ActForm>
      ),
      busy: (
        <ActForm name="A busy form" form={{ ...idle, pending: true }} {...frame}>
          {null}
        </ActForm>
      ),
      refused: (
        <ActForm name="A refused form" form={{ ...idle, failure: failed }} {...frame}>
          {null}
        </ActForm>
      ),
      "cannot be sent any more": (
        <ActForm name="A blocked form" form={idle} blocked="Jon Berg resolved this item." {...frame}>
          {null}
        </ActForm>
      ),
    },
  },
  {
    of: "act/choice",
    states: {
      "nothing chosen": <Choice legend="Outcome" name="one" chosen={null} choices={choices} onChoose={nothing} />,
      chosen: <Choice legend="Outcome" name="two" chosen="unblocked" choices={choices} onChoose={nothing} />,
      wrong: (
        <Choice legend="Outcome" name="three" chosen={null} choices={choices} onChoose={nothing} error="Choose one." />
      ),
      "cannot be changed": (
        <Choice legend="Outcome" name="four" chosen="rejected" choices={choices} onChoose={nothing} disabled />
      ),
    },
  },
  {
    of: "act/failure",
    states: {
      "with the request's id": <Failure failure={failed} />,
      without: <Failure failure={{ message: longWord, requestId: null }} />,
    },
  },
  {
    of: "act/form-tabs",
    states: {
      "two acts": (
        <FormTabs
          names={["resolve", "comment"]}
          titles={{ resolve: "Resolve", comment: "Comment" }}
          open="resolve"
          onOpen={nothing}
        >
          The form of the act.
        </FormTabs>
      ),
    },
  },
  {
    of: "act/receipt-frame",
    states: {
      decided: (
        <ReceiptFrame name="Receipt of the example" focused={false}>
          <Notice tone="green">Resolved by Maya Okafor.</Notice>
        </ReceiptFrame>
      ),
    },
  },
  {
    of: "act/refusals",
    states: {
      forbidden: (
        <Reasons
          of={[{ because: "Product Owner can do this; Operator is Informed (I).", names: ["Approve", "Deny"] }]}
        />
      ),
      "long words": <Reasons of={[{ because: longWord, names: ["Resolve"] }]} />,
    },
  },
  {
    of: "act/said",
    states: { words: <Said text={"It was the gate.\nRaised to 0.9."} />, "long words": <Said text={longWord} /> },
  },
  {
    of: "act/spec-form",
    states: {
      idle: <SpecForm name="spec-idle" {...specForm} blocked={null} serverNow={now} />,
      "cannot be sent any more, with words": (
        <SpecForm
          name="spec-blocked"
          {...specForm}
          spec={{ ...spec, label: "Resolve what is closed" }}
          fields={{ note: longWord.slice(0, 90) }}
          blocked="Jon Berg resolved this item."
          serverNow={now}
        />
      ),
    },
  },
];

const Act = ({ now }: { now: string }) => <Rows kit="act" rows={rows(now)} />;
export default Act;
