import { openEventStream, type LiveWord } from "./event-stream";

/** How long a tab believes the one with the stream unasked. */
const ASK_MS = 10_000;
/** How long that one may take to answer; and at first, when mostly there is none. */
const ANSWER_MS = 3_000;
const FIRST_ANSWER_MS = 100;
/** By how much tabs differ, so that one of them is the first. */
const APART_MS = 300;

/** The tab that has the stream. Of two that believe so the later one is right; `term`: how many there were, as far as it knew. */
type Leader = { term: number; tab: string };

/** A connection's name; null once it is lost, undefined until there was any. */
type Stream = string | null | undefined;

/** What the tabs of one person say to each other. */
type Said =
  | { kind: "ask" }
  | { kind: "here"; leader: Leader; stream: Stream }
  | { kind: "word"; leader: Leader; word: LiveWord }
  | { kind: "bye"; leader: Leader };

const outranks = (one: Leader, other: Leader | null): boolean =>
  !other || one.term > other.term || (one.term === other.term && one.tab > other.tab);

/**
 * One live stream per person and browser: one tab has the connection and tells the others, which ask it every ten seconds, and one of them
 * takes its place when it does not answer. Asked, because a tab in the background, whose timers are slowed down, could not report by
 * itself. Answers the function that leaves.
 */
export function joinSharedStream(
  url: string,
  person: string,
  on: (word: LiveWord) => void,
  open = openEventStream,
): () => void {
  const channel = new BroadcastChannel(`cockpit-live:${person}`);
  // Not randomUUID, which is missing without TLS.
  const tab = Math.random().toString(36).slice(2);
  let leader: Leader | null = null;
  let stop: (() => void) | null = null;
  let stream: Stream;
  let opened = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (said: Said) => channel.postMessage(said);
  const here = () => say({ kind: "here", leader: leader!, stream });
  const after = (ms: number, next: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(next, ms + APART_MS * Math.random());
  };
  const ask = (answerMs: number) => {
    say({ kind: "ask" });
    after(answerMs, lead);
  };

  function lead(): void {
    const mine = (leader = { term: (leader?.term ?? 0) + 1, tab });
    clearTimeout(timer);
    if (stream !== undefined) on({ kind: "lost" });
    stream &&= null;
    here();
    stop = open(url, person, (word) => {
      on(word);
      if (word.kind === "opened") stream = `${tab} ${++opened}`;
      if (word.kind === "lost") stream = null;
      if (word.kind === "opened" || word.kind === "lost") here();
      else say({ kind: "word", leader: mine, word });
    });
  }
  function resign(): void {
    stop?.();
    stop = null;
  }
  function follow(of: Leader, its: Stream): void {
    resign();
    leader = of;
    after(ASK_MS, () => ask(ANSWER_MS));
    if (stream === its) return;
    // Another connection than the one known: what came before it, or between the two, was not heard.
    stream = its;
    on({ kind: its ? "opened" : "lost" });
  }
  channel.onmessage = ({ data: said }: MessageEvent<Said>) => {
    if (said.kind === "ask") return stop ? here() : undefined;
    const known = leader?.tab === said.leader.tab && leader.term === said.leader.term;
    if (said.kind === "word") return known ? on(said.word) : undefined;
    if (said.kind === "bye") return known ? after(0, lead) : undefined;
    if (known || outranks(said.leader, leader)) return follow(said.leader, said.stream);
    // One that was frozen does not know yet that it was replaced.
    if (stop) here();
  };

  const look = () => document.visibilityState === "visible" && !stop && ask(ANSWER_MS);
  const hide = () => {
    clearTimeout(timer);
    if (stop) say({ kind: "bye", leader: leader! });
    resign();
  };
  /** A page that comes back as it was left. */
  const show = ({ persisted }: PageTransitionEvent) => persisted && ask(FIRST_ANSWER_MS);
  addEventListener("visibilitychange", look);
  addEventListener("pagehide", hide);
  addEventListener("pageshow", show);
  ask(FIRST_ANSWER_MS);
  return () => {
    removeEventListener("visibilitychange", look);
    removeEventListener("pagehide", hide);
    removeEventListener("pageshow", show);
    hide();
    channel.close();
  };
}
