/** The bounds that the document sets to what may be chosen. */

/** An SLA of a policy denial. */
export const slaMinutes = { least: 5, most: 1440 } as const;

/** Seconds that an override may last at all; the setting may say less. */
export const leastSeconds = 60;
export const mostSeconds = 604_800;

/** The longest time that a delegation may hold. */
export const mostDelegationDays = 31;
