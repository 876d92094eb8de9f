/**
 * The port by which notices leave the page. A channel knows no database and no queue: it is given what one person is told and answers
 * whether the receiver took it. Who is told what, when to try again and what to do with a failure is decided elsewhere.
 */

/** action: the person must act; consult: their advice is asked; informed: they only hear of it. */
export type ToldKind = "action" | "consult" | "informed";

/** One thing that is told. `says` is a finished English sentence without markup. All text is hostile: subjects, reasons and names come from outside. */
export type Told = {
  noticeId: string;
  /** How often it was told so far: told once more it is another message. */
  times: number;
  kind: ToldKind;
  says: string;
  at: Date;
  item: ToldAbout;
};

/** An item, or an override: its subject is the owner it is for. `due`: what is due then; past SLA, past the time to decide, and over are not the same. */
export type ToldAbout = {
  kind: "escalation" | "override";
  id: string;
  subject: string;
  reason: string;
  owner: string | null;
  dueAt: Date | null;
  due: "sla" | "decision" | "end";
};

/** Where its page is; `url`: where people reach the cockpit, without a slash at the end. */
export const addressOf = ({ kind, id }: Pick<ToldAbout, "kind" | "id">, url: string): string =>
  `${url}/${kind === "override" ? "overrides" : "escalations"}/${encodeURIComponent(id)}`;

/**
 * Everything that one person is told at once, at least one thing: repeats are folded into one message. `id`: 32 hexadecimal digits, the same
 * whenever this message is sent again; by it a receiver recognises what was sent before. `heldSince`: it was held back since then, because
 * another message had just left; null: it was not.
 */
export type Bundle = {
  id: string;
  person: { id: string; name: string; email: string };
  told: readonly Told[];
  at: Date;
  heldSince: Date | null;
};

export interface Channel {
  readonly name: "email" | "webhook";
  /** Resolves when the receiver has accepted it; throws a ChannelError. */
  send(bundle: Bundle): Promise<void>;
  /** Lets go of connections; what is under way may still end. Nothing can be sent afterwards. */
  close(): Promise<void>;
}

/** How long the receiver asked to be left alone, in milliseconds: with this message, or with all of them. */
export type Asked = { ms: number; about: "message" | "channel" };

/**
 * A bundle was not accepted. The message is one sentence for people, without secrets and without what the other side wrote.
 * `again`: whether trying again later can help. There is no `cause`: it would hold addresses and answers that nobody may log.
 */
export class ChannelError extends Error {
  override readonly name = "ChannelError";
  constructor(
    says: string,
    readonly again: boolean,
    readonly asked: Asked | null = null,
  ) {
    super(says);
  }
}
