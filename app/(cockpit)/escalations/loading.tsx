import { SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <header className="flex min-h-11 items-center px-4">
        <h1 className="text-lg font-semibold">Escalations</h1>
      </header>
      <SkeletonRows count={20} label="Reading the queue" />
    </>
  );
}
