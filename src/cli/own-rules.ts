/** Options of everything that judges by rules: packs of one's own, and a profile of one's own. */
export const ownRules = {
  rules: { type: "string", array: true, requiresArg: true, default: [] as string[], description: "Folder with rules of your own, or npm:PACKAGE; may be repeated" },
  "profile-file": { type: "string", requiresArg: true, description: "Profile of your own, which extends the shipped one" },
} as const;
