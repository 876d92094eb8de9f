"use client";

import type { AskFailure } from "@/components/shell/ask";
import { SelectField, TextArea } from "@/components/ui/field";
import { useTicking } from "@/components/ui/time";
import {
  askedAt,
  consequenceOf,
  inputOf,
  isTyped,
  judgeForm,
  type FieldSpec,
  type Fields,
  type FormSpec,
} from "@/lib/kernel/act/view";
import { room } from "@/lib/kernel/limits";
import { tickedTime } from "@/lib/kernel/query/server-clock";
import { ActForm } from "./act-form";
import { Choice } from "./choice";
import { useActForm } from "./use-act-form";

type Props = {
  /** The act's name: what its fields are told apart by. */
  name: string;
  spec: FormSpec;
  fields: Fields;
  onFields: (change: Fields) => void;
  blocked: string | null;
  send: (input: ReturnType<typeof inputOf>) => Promise<AskFailure | null>;
  onDone: () => void;
  serverNow: string;
};

/** A form drawn from what the server says of it. It says what will happen before it does, and keeps what was typed whatever happens meanwhile. */
export function SpecForm({ name, spec, fields, onFields, blocked, send, onDone, serverNow }: Props) {
  const asked = useTicking((now) => askedAt(spec, now).join(" "), serverNow).split(" ");
  const form = useActForm({
    judge: () => judgeForm(spec, fields, tickedTime()),
    send: () => send(inputOf(spec, fields, tickedTime())),
    onDone,
  });
  const change = (field: string, value: string) => {
    onFields({ [field]: value });
    form.changed();
  };
  // What is not asked for, or not any more, stays while there is something in it.
  const shown = spec.fields.filter(
    (field) =>
      field.kind !== "text" || fields[field.name] || (asked.includes(field.name) && (!blocked || !field.asked)),
  );
  return (
    <ActForm
      name={spec.label}
      form={form}
      blocked={blocked}
      typed={isTyped(spec, fields)}
      consequence={consequenceOf(spec, fields)}
      submit={spec.submit}
    >
      {shown.map((field) => (
        <SpecField
          key={field.name}
          id={`${name}-${field.name}`}
          field={field}
          value={fields[field.name] ?? ""}
          error={form.problems[field.name]}
          locked={Boolean(blocked)}
          onChange={(value) => change(field.name, value)}
        />
      ))}
      {spec.notes.map((note) => (
        <p key={note} className="text-sm">
          {note}
        </p>
      ))}
    </ActForm>
  );
}

type FieldProps = {
  id: string;
  field: FieldSpec;
  value: string;
  error: string | undefined;
  locked: boolean;
  onChange: (value: string) => void;
};

function SpecField({ id, field, value, error, locked, onChange }: FieldProps) {
  const { name, label } = field;
  if (field.kind === "text") {
    return (
      <TextArea
        {...{ id, name, label, value, error }}
        rows={field.rows}
        maxLength={room(field.limit)}
        readOnly={locked}
        hint={field.hint ?? undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  if (field.kind === "check") {
    return (
      <label className="flex items-baseline gap-2">
        <input
          type="checkbox"
          name={name}
          checked={value === "yes"}
          disabled={locked}
          onChange={(event) => onChange(event.target.checked ? "yes" : "")}
          className="translate-y-0.5"
        />
        <span>{label}</span>
      </label>
    );
  }
  if (field.kind === "choice") {
    const choices = field.options.map((option) => ({
      value: option.value,
      name: option.name,
      says: option.says ?? "",
    }));
    return (
      <Choice
        legend={label}
        name={name}
        chosen={value}
        error={error}
        disabled={locked}
        choices={choices}
        onChoose={onChange}
      />
    );
  }
  return (
    <SelectField
      {...{ id, name, label, error }}
      value={field.options.some((option) => option.value === value) ? value : ""}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{field.missing.replace(/\.$/, "")}</option>
      {field.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </SelectField>
  );
}
