/** Places within an item's words where a cut is likely: behind a stop, and where one was made already. Ascending, neither 0 nor the end. */
export function listGaps(words: string, made: readonly number[] = []): number[] {
  const gaps = new Set(made);
  for (const match of words.matchAll(/[，,；;。、：:]+/g)) gaps.add(match.index + match[0].length);
  return [...gaps].filter((at) => at > 0 && at < words.length).sort((a, b) => a - b);
}
