import { Notice } from "@/components/ui/notice";
import type { ActFailure } from "./use-act";

/** An action that was not done: the server's sentence, and the id that finds the rest in its log. */
export function Failure({ failure }: { failure: ActFailure }) {
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
