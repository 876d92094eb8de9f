import { forgetRotations, notedRotations } from "@/lib/server/secret";
import { tellOfRotation } from "@/lib/usecases/tell-of-rotation";

/** Changes of the secret that the audit chain does not hold yet are told there. */
export async function tellOfRotations(dataDir: string, now: Date): Promise<void> {
  for (const rotation of notedRotations(dataDir)) await tellOfRotation(rotation, now);
  forgetRotations(dataDir);
}
