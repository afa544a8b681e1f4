/** Escapes text for XML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}

/** A CLIXML document around top-level elements. */
export function syntheticClixml(...elements: readonly string[]): string {
  return `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${elements.join("")}</Objs>`;
}

/** An object as Export-Clixml writes it; members come as ready elements. */
export function syntheticObject(members: string, { typeName = "System.Management.Automation.PSCustomObject", name = "" } = {}): string {
  return `<Obj${name === "" ? "" : ` N="${name}"`}><TN RefId="900"><T>${typeName}</T><T>System.Object</T></TN><MS>${members}</MS></Obj>`;
}

/** An array property. */
export function syntheticList(name: string, ...items: readonly string[]): string {
  return `<Obj N="${name}"><TN RefId="901"><T>System.Object[]</T></TN><LST>${items.join("")}</LST></Obj>`;
}

/** A collector bundle with the given nouns. */
export function syntheticBundle(...nouns: readonly string[]): string {
  return syntheticClixml(syntheticObject(`<I32 N="schemaVersion">1</I32><S N="collector">Export-LyncConfiguration.ps1 1.0</S><S N="exportedAt">2024-03-01T10:20:30.1234567Z</S>${nouns.join("")}`));
}
