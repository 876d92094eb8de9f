/** What the browser hears over /api/live: that something changed, never what. */
export type LiveTopic = "escalations" | "sources";

export type LiveMessage = { topic: LiveTopic; ids?: string[] | null };

/** The PostgreSQL channel of the same messages. */
export const liveChannel = "cockpit_live";
