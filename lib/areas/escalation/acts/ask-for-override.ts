import "server-only";
import { requestRight } from "@/lib/areas/escalation/domain/overridable";
import { operatingModel } from "@/lib/model/model";
import { absentOf, isOpen, type ItemOffer } from "./item-act";

/** The form of another area, which is handed in where the item is drawn: the item says who may ask, and when. */
export const askForOverride: ItemOffer = {
  act: "override",
  title: "Override…",
  called: "Ask for an override",
  key: { letter: "o", says: "Ask for an override of the row or the item" },
  right: (person, { item }) => requestRight(item, person, operatingModel),
  fits: (facts) => isOpen(facts) && facts.item.path === "policy_denial",
  // One request at a time: the next one is asked for when this one is decided or taken back.
  blocked: ({ shown }) => {
    const waiting = shown.overrides.find(({ status }) => status === "requested");
    return waiting
      ? `${waiting.requestedBy.name} has asked for an override of this item, and it waits for a decision.`
      : null;
  },
  done: "The override is asked for. Who decides was told.",
  absent: absentOf("Override"),
  handedIn: { texts: ["justification", "ticket"] },
};
