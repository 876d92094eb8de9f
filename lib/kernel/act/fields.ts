/** What an act asks for, declared once: the schema that its input is read by and the form are folded from it. */
import { z } from "zod";
import { colleague } from "@/lib/kernel/contract";
import type { Limit } from "@/lib/kernel/limits";
import { sentence, sentenceIfAny } from "@/lib/kernel/words/text-fields";
import type { FieldSpec, While } from "./view";

/** A field as it is declared; `spec`: as the form shows it of something as it is, null where it is not asked for then. */
export type Field<Facts, Out = unknown> = {
  schema: z.ZodType<Out>;
  spec: (name: string, facts: Facts) => FieldSpec | null;
};
export type Fields<Facts> = Readonly<Record<string, Field<Facts>>>;

/** What comes of the fields once they are read; nothing where none are declared. */
export type Read<F> = string extends keyof F
  ? unknown
  : { [K in keyof F]: F[K] extends { schema: z.ZodType<infer Out> } ? Out : never };

/** Words that are always the same, or that the facts say. */
export type Say<Facts, T = string> = T | ((facts: Facts) => T);
export const said = <Facts, T>(words: Say<Facts, T>, facts: Facts): T =>
  typeof words === "function" ? (words as (facts: Facts) => T)(facts) : words;

type Text<Facts> = { called: string; limit: Limit; label: Say<Facts>; rows: number; hint?: Say<Facts, string | null> };
type Chosen = { name?: string; says?: string; consequence?: string };

/** The kinds of fields, for acts that know such facts. */
export function fieldsOf<Facts>() {
  const spec = (
    { called, limit, label, rows, hint }: Text<Facts>,
    name: string,
    facts: Facts,
    asked: While | null,
  ): FieldSpec => ({
    ...{ kind: "text" as const, name, called, limit, rows, asked },
    label: said(label, facts),
    hint: said(hint ?? null, facts),
  });
  return {
    /** Words that people write. */
    text: (text: Text<Facts>): Field<Facts, string> => ({
      schema: sentence(text.called, text.limit),
      spec: (name, facts) => spec(text, name, facts, null),
    }),
    /** Words that are asked for only for a time; null where they were not. */
    textWhile: (text: Text<Facts> & { asked: (facts: Facts) => While }): Field<Facts, string | null> => ({
      schema: sentenceIfAny(text.called, text.limit),
      spec: (name, facts) => spec(text, name, facts, text.asked(facts)),
    }),
    /** One of a few, each with what it means. */
    choice: <T extends string>({
      values,
      label,
      missing,
      options,
    }: {
      values: readonly T[];
      label: string;
      missing: string;
      options: (facts: Facts) => Record<T, Chosen>;
    }): Field<Facts, T> => ({
      schema: z.enum(values, missing),
      spec: (name, facts) => {
        const of = options(facts);
        return {
          kind: "choice",
          name,
          label,
          missing,
          options: values.map((value) => ({
            value,
            name: of[value].name ?? value,
            says: of[value].says ?? null,
            consequence: of[value].consequence ?? null,
          })),
        };
      },
    }),
    /** A colleague's id. */
    person: ({
      label,
      missing,
      people,
    }: {
      label: string;
      missing: string;
      people: (facts: Facts) => ({ id: string; name: string } & Chosen)[];
    }): Field<Facts, string> => ({
      schema: colleague,
      spec: (name, facts) => ({
        ...{ kind: "select" as const, name, label, missing },
        options: people(facts).map(({ id, says, consequence, ...person }) => ({
          value: id,
          name: person.name,
          says: says ?? null,
          consequence: consequence ?? null,
        })),
      }),
    }),
    /** What a form that is handed in asks for in its own way. */
    given: <Out>(schema: z.ZodType<Out>): Field<Facts, Out> => ({ schema, spec: () => null }),
    /** Yes, or not; not asked for where there is nothing to say yes to. */
    check: ({
      label,
      asked,
      consequence,
    }: {
      label: string;
      asked: (facts: Facts) => boolean;
      consequence: (facts: Facts) => string | null;
    }): Field<Facts, boolean> => ({
      schema: z.boolean().default(false),
      spec: (name, facts) => (asked(facts) ? { kind: "check", name, label, consequence: consequence(facts) } : null),
    }),
  };
}

/** The form's fields, of something as it is. */
export const specsOf = <Facts>(fields: Fields<Facts>, facts: Facts): FieldSpec[] =>
  Object.entries(fields).flatMap(([name, field]) => field.spec(name, facts) ?? []);

/** What the fields read of an input. */
export const shapeOf = <Facts, F extends Fields<Facts>>(fields: F): { [K in keyof F]: F[K]["schema"] } =>
  Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema])) as {
    [K in keyof F]: F[K]["schema"];
  };
