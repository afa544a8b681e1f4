import type { Entry } from "../types.ts";
import { sidBytes } from "./binary-values.ts";
import { entry } from "./entry.ts";
import type { ForestNames } from "./forests.ts";
import { partnerOf } from "./forests.ts";

/** FILETIME of 2016-01-01, when the trust was made: 100 ns since 1601. */
const trustMade = 130_960_800_000_000_000n;

function counted(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function record(type: number, data: Buffer): Buffer {
  const header = Buffer.alloc(17);
  header.writeUInt32LE(13 + data.length, 0); // the length does not count itself
  header.writeUInt32LE(0, 4);
  // [MS-ADTS] 6.1.6.9.3 stores the LARGE_INTEGER low word first; Windows and Samba agree
  header.writeBigUInt64LE(trustMade, 8);
  header.writeUInt8(type, 16);
  return Buffer.concat([header, data]);
}

/** msDS-TrustForestTrustInfo of a partner forest of one domain: a top level name and a domain record ([MS-ADTS] 6.1.6.9.3). */
export function forestTrustInfo(partner: Pick<ForestNames, "realm" | "netbios" | "domainSid">): Uint8Array {
  const dnsName = Buffer.from(partner.realm, "utf8");
  const records = [
    record(0, counted(dnsName)),
    record(2, Buffer.concat([counted(sidBytes(partner.domainSid)), counted(dnsName), counted(Buffer.from(partner.netbios, "utf8"))])),
  ];
  const header = Buffer.alloc(8);
  header.writeUInt32LE(1, 0);
  header.writeUInt32LE(records.length, 4);
  return new Uint8Array(Buffer.concat([header, ...records]));
}

/** DN of the object by which a forest knows the trust with the other. */
export function trustDn(forest: ForestNames): string {
  return `CN=${partnerOf(forest).realm},CN=System,${forest.rootDn}`;
}

/** The forest trust of both directions as this side sees it: trustDirection 3, uplevel, forest transitive. */
export function trustEntry(forest: ForestNames): Entry {
  const partner = partnerOf(forest);
  return entry(trustDn(forest), "top leaf trustedDomain", {
    trustPartner: partner.realm,
    flatName: partner.netbios,
    trustDirection: 3,
    trustType: 2,
    trustAttributes: 8,
    securityIdentifier: sidBytes(partner.domainSid),
    "msDS-TrustForestTrustInfo": forestTrustInfo(partner),
  });
}
