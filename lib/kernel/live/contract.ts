/** What the browser hears over /api/live: that something changed, never what. */
export const liveTopics = ["escalations", "sources", "notices", "duty", "overrides", "drift"] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** `ids`: of the items; of "notices": of the people whose inbox changed. Null: any. */
export type LiveMessage = { topic: LiveTopic; ids?: string[] | null };

/** The PostgreSQL channel of the same messages. */
export const liveChannel = "cockpit_live";

/** Not for browsers: the access of these people may have ended (null: of any), so whatever streams to them is asked anew. */
export type AccessMessage = { topic: "access"; ids: string[] | null };
export type HubMessage = LiveMessage | AccessMessage;
