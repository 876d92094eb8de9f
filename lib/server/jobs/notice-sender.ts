import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { deliverNotices } from "@/lib/areas/inbox/acts/deliver";
import { log } from "@/lib/kernel/log";
import type { Channel } from "@/lib/kernel/notice/channel";
import type { Clock } from "@/lib/kernel/time";

export type NoticeSender = {
  /** There may be something to send. */
  wake(): void;
  /** Gives what is under way a moment to end, then closes the channels; what did not end is sent again by whoever comes next. */
  stop(): Promise<void>;
};

/** Words to wake up can be lost with the worker that got them. */
const longestNapMs = 30_000;
const shortestNapMs = 250;
const patienceMs = 2000;

/**
 * Sends notices through each channel on its own, so that a dead one holds up neither the others nor the clocks: woken by whoever tells
 * people something, and when a try is due again. Never throws: what goes wrong is logged and tried again.
 */
export function startNoticeSender({
  sourceId,
  channels,
  clock,
}: {
  sourceId: string;
  channels: readonly Channel[];
  clock: Clock;
}): NoticeSender {
  const ending = new AbortController();
  const senders = channels.map((channel) => new ChannelSender(sourceId, channel, clock, ending.signal));
  const ended = Promise.all(senders.map((sender) => sender.run()));
  const soon = () => sleep(patienceMs, undefined, { ref: false });
  return {
    wake: () => senders.forEach((sender) => sender.wake()),
    async stop() {
      ending.abort();
      senders.forEach((sender) => sender.wake());
      await Promise.race([ended, soon()]);
      await Promise.all(channels.map((channel) => channel.close()));
      await Promise.race([ended, soon()]);
    },
  };
}

class ChannelSender {
  private woken = new AbortController();

  constructor(
    private readonly sourceId: string,
    private readonly channel: Channel,
    private readonly clock: Clock,
    private readonly ending: AbortSignal,
  ) {}

  wake(): void {
    this.woken.abort();
  }

  async run(): Promise<void> {
    while (!this.ending.aborted) {
      this.woken = new AbortController();
      const pause = await this.round();
      // Woken during the round: the nap is over before it began.
      await sleep(pause, undefined, { signal: this.woken.signal, ref: false }).catch(() => undefined);
    }
  }

  /** How long to wait for the next one. */
  private async round(): Promise<number> {
    const { sourceId, channel, clock: now, ending } = this;
    try {
      const next = await deliverNotices({ sourceId, channel, now, ending });
      return next ? Math.min(Math.max(next.getTime() - now().getTime(), shortestNapMs), longestNapMs) : longestNapMs;
    } catch (error) {
      log.warn({ err: error, channel: channel.name }, "sending notices is held up");
      return longestNapMs / 10;
    }
  }
}
