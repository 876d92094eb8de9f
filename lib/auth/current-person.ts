import "server-only";
import { cookies, headers } from "next/headers";
import type { NextApiRequest } from "next";
import { getToken } from "next-auth/jwt";
import { cache } from "react";
import { z } from "zod";
import { findActor } from "@/lib/data/people";
import type { PersonActor } from "@/lib/domain/operating-model/decide";

const personId = z.uuid();

/** Who is signed in, with the roles the database gives them now; null when nobody is. Read once a request. */
export const currentPerson = cache(async (): Promise<PersonActor | null> => {
  const request = { cookies: await cookies(), headers: await headers() };
  // getToken reads only cookies and headers; its type asks for a whole request.
  const token = await getToken({ req: request as unknown as NextApiRequest });
  const id = personId.safeParse(token?.sub);
  return id.success ? findActor(id.data) : null;
});
