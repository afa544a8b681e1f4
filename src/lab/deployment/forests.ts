/** Names of one lab forest; the distinguished names are those of its naming contexts. */
export interface ForestNames {
  readonly name: "contoso" | "fabrikam";
  readonly realm: string;
  readonly netbios: string;
  readonly domainSid: string;
  readonly domainController: string;
  /** Loopback address of the domain controller. */
  readonly address: string;
  readonly rootDn: string;
  readonly configurationDn: string;
  readonly schemaDn: string;
}

function forestNames(name: ForestNames["name"], domainController: string, address: string, domainSid: string): ForestNames {
  const rootDn = `DC=${name},DC=test`;
  return {
    name,
    realm: `${name}.test`,
    netbios: name.toUpperCase(),
    domainSid,
    domainController: `${domainController}.${name}.test`,
    address,
    rootDn,
    configurationDn: `CN=Configuration,${rootDn}`,
    schemaDn: `CN=Schema,CN=Configuration,${rootDn}`,
  };
}

/** The Lync forest. */
export const contoso = forestNames("contoso", "cdc1", "127.0.10.1", "S-1-5-21-1010101010-2020202020-303030303");

/** The Exchange forest. */
export const fabrikam = forestNames("fabrikam", "fdc1", "127.0.20.1", "S-1-5-21-1111111111-2222222222-333333333");

/** sAMAccountName and password of the account that the scanner binds with; the same in both forests. */
export const scannerAccount = { sAMAccountName: "svc-umpreflight", password: "Lab-R3ader!" } as const;

/** The built-in administrator of either forest. */
export const administratorAccount = { sAMAccountName: "Administrator", password: "Lab-Passw0rd!" } as const;

/** The other forest of the two. */
export function partnerOf(forest: ForestNames): ForestNames {
  return forest.name === "contoso" ? fabrikam : contoso;
}
