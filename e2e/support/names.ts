/** A name that is another machine's for all that the browser knows (playwright.config.ts). */
export const anotherMachine = "cockpit.test";
