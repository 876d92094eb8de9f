import type { SystemActionId } from "@/lib/domain/operating-model/actions";
import { grantSystem } from "@/lib/domain/operating-model/grant-system";
import { operatingModel } from "@/lib/domain/operating-model/model";

/** What the cockpit itself is allowed, for a test that does one step of its work. */
export const cockpitMay = <A extends SystemActionId>(action: A) => grantSystem(operatingModel, action, "The cockpit");
