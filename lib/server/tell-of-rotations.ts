import { tellOfRotation } from "@/lib/areas/person/acts/tell-of-rotation";
import { forgetRotations, notedRotations } from "./secret";

/** Changes of the secret that the audit chain does not hold yet are told there. */
export async function tellOfRotations(dataDir: string, now: Date): Promise<void> {
  for (const rotation of notedRotations(dataDir)) await tellOfRotation(rotation, now);
  forgetRotations(dataDir);
}
