/** An act that the server, or a proxy before it, answered with a no of HTTP's own: nothing was done. The message is a sentence. */
export class RefusedAct extends Error {
  override readonly name = "RefusedAct";
}

const longest = 300;

/** What our server says is one sentence of plain text; a proxy's page is not for people who press a button. */
async function sayRefusal(answer: Response): Promise<string> {
  const plain = answer.headers.get("content-type")?.startsWith("text/plain") ? (await answer.text()).trim() : "";
  const sentence =
    plain && plain.length <= longest && !plain.includes("\n")
      ? plain
      : `The server refused this (HTTP ${answer.status}).`;
  return /nothing was (done|changed)\.?$/i.test(sentence) ? sentence : `${sentence} Nothing was done.`;
}

/**
 * `fetch`, but for server actions: a refusal is thrown as one. Next would throw an error that no longer says whether the answer was a no or
 * a breakdown, of which it is not known how far it came. Answers of the actions themselves pass, whatever their status.
 */
export function refusing(plain: typeof fetch): typeof fetch {
  return async (input, init) => {
    const answer = await plain(input, init);
    const isAct = new Headers(init?.headers).has("next-action");
    const isOwn =
      answer.headers.get("content-type")?.startsWith("text/x-component") ||
      answer.headers.has("x-nextjs-action-not-found");
    if (isAct && !isOwn && answer.status >= 400 && answer.status < 500) throw new RefusedAct(await sayRefusal(answer));
    return answer;
  };
}
