/** The candidate that was probably meant by a mistyped name, letter case aside: two letters or a third of them stand otherwise (one in a short name), or else one is the beginning of the other. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  let nearest: string | undefined;
  let smallest = (name.length > 4 ? Math.max(2, Math.floor(name.length / 3)) : 1) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= smallest) continue;
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance < smallest) {
      smallest = distance;
      nearest = candidate;
    }
  }
  return nearest ?? (name.length < 3 ? undefined : candidates.find((candidate) => candidate.toLowerCase().startsWith(lower) || lower.startsWith(candidate.toLowerCase())));
}

/** A remedy for a mistyped name: the nearest candidate, else all of them while they are few. */
export function nameHint(name: string, candidates: Iterable<string>): string {
  const all = [...candidates];
  const nearest = nearestName(name, all);
  if (nearest !== undefined) return `Did you mean ${nearest}?`;
  const shown = all.toSorted();
  return shown.length === 0 ? "There are none." : `There are: ${shown.slice(0, 40).join(", ")}${shown.length > 40 ? " …" : ""}.`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
