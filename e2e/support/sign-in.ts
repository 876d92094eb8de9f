import { request, type APIRequestContext } from "@playwright/test";

/** Signs in over HTTP, as the page does; the context keeps the session's cookie. */
export async function signIn(
  url: string,
  { email, password }: { email: string; password: string },
): Promise<APIRequestContext> {
  const context = await request.newContext({ baseURL: url });
  const { csrfToken } = (await (await context.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await context.post("/api/auth/callback/credentials", {
    form: { csrfToken, email, password, json: "true" },
  });
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()} ${await answer.text()}`);
  return context;
}
