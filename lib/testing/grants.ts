import type { SystemActionId } from "@/lib/model/actions";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

/** What the cockpit itself is allowed, for a test that does one step of its work. */
export const cockpitMay = <A extends SystemActionId>(action: A) => grantSystem(operatingModel, action, "The cockpit");
