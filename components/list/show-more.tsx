import { Button } from "@/components/ui/button";

type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };

/** The foot of a list that is read page by page; nothing where all of it is there. */
export function ShowMore({
  of: { hasNextPage, isFetchingNextPage, fetchNextPage },
  words = "Show more",
}: {
  of: More;
  words?: string;
}) {
  if (!hasNextPage) return null;
  return (
    <p className="px-4 py-3">
      <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {isFetchingNextPage ? "Reading…" : words}
      </Button>
    </p>
  );
}
