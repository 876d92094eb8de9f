/** The longest owner that the cockpit writes into thegent's file of overrides. */
export const longestOwner = 512;
