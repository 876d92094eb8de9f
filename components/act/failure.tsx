import type { AskFailure } from "@/components/shell/ask";
import { Notice } from "@/components/ui/notice";

/** An action that was not done: the server's sentence, and the id that finds the rest in its log. */
export function Failure({ failure }: { failure: AskFailure }) {
  return (
    <Notice tone="red" live="assertive">
      {failure.message}
      {failure.requestId && (
        <span className="block text-sm text-muted">
          Request <code>{failure.requestId}</code>
        </span>
      )}
    </Notice>
  );
}
