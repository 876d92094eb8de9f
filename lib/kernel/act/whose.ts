/** Every answer of the API says for whom it is: a page that was drawn for somebody else notices. */
export const personHeader = "x-cockpit-person";

/** A person as a page names them. */
export type Whose = { id: string; name: string };
