/** A moment, in seconds since 1970, as messages show it: ISO 8601 in UTC. */
export function dateText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
