/** Facts of an endpoint that are worked out of certificates as a whole, and of nothing else. */
export const pathFacts = ["serverPath", "clientPath", "serverPathWithFetched", "opensslAgrees"] as const;
