/**
 * Where a made-up scene may be played: in a database that knows no session directory but the sample's, and on this one of them. A sentence
 * for whoever is refused; null where it may.
 */
export function whyNoScene(
  sources: readonly { directory: string; isSample: boolean }[],
  directory: string,
): string | null {
  const real = sources.find(({ isSample }) => !isSample);
  if (real) return `A scene is made up, and this database holds ${real.directory}, which is not the sample's.`;
  return sources.some((source) => source.directory === directory)
    ? null
    : `A scene is played on the sample, and this database does not hold ${directory}.`;
}
