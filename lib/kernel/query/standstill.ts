/** That nobody reads thegent's files any more changes nothing that could be told: it is asked for. */
export const standstillSeenMs = 15_000;
