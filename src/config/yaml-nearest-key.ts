/** The known key that was probably meant by another: at most two letters stand otherwise, or one is the beginning of the other. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  const lower = key.toLowerCase();
  return known.find((candidate) => candidate.toLowerCase() === lower) ?? known.find((candidate) => editsWithin(lower, candidate.toLowerCase(), key.length > 4 ? 2 : 1)) ?? known.find((candidate) => lower.length > 2 && (candidate.startsWith(lower) || lower.startsWith(candidate)));
}

/** Whether one text becomes the other by at most `most` insertions, deletions and replacements. */
function editsWithin(a: string, b: string, most: number): boolean {
  if (most < 0 || Math.abs(a.length - b.length) > most) return false;
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
  const [restOfA, restOfB] = [a.slice(same), b.slice(same)];
  if (restOfA === "" || restOfB === "") return restOfA.length + restOfB.length <= most;
  return editsWithin(restOfA.slice(1), restOfB.slice(1), most - 1) || editsWithin(restOfA.slice(1), restOfB, most - 1) || editsWithin(restOfA, restOfB.slice(1), most - 1);
}
