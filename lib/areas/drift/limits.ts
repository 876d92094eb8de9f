/** How many days back drift is looked at. */
export const spans = ["1", "7", "30"] as const;
