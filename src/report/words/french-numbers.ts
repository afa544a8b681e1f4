/** Thousands stand apart by a no-break space: `1 204 332`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

/** In French, none and one are singular. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count < 2 ? singular : plural}`;
}

/** `3 autres contrôles`. */
export function others(count: number, singular: string, plural = `${singular}s`): string {
  return counted(count, `autre ${singular}`, `autres ${plural}`);
}

/** `et 3 autres contrôles`. */
export function more(count: number, singular: string, plural = `${singular}s`): string {
  return `et ${others(count, singular, plural)}`;
}
