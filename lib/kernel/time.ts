/** Where time enters. Everything else is given the instant. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
