/** A product version; the build is without the offset that the directory stores, the revision 0 where it is not stored. */
export interface ExchangeVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  readonly revision: number;
}

/** Products and service packs that are told apart. */
export type ExchangeProduct =
  | "Exchange2007RTM"
  | "Exchange2007SP1"
  | "Exchange2007SP2"
  | "Exchange2007SP3"
  | "Exchange2010RTM"
  | "Exchange2010SP1"
  | "Exchange2010SP2"
  | "Exchange2010SP3"
  | "Exchange2013"
  | "Exchange2016"
  | "Exchange2019";

const products: Readonly<Record<string, ExchangeProduct>> = {
  "8.0": "Exchange2007RTM",
  "8.1": "Exchange2007SP1",
  "8.2": "Exchange2007SP2",
  "8.3": "Exchange2007SP3",
  "14.0": "Exchange2010RTM",
  "14.1": "Exchange2010SP1",
  "14.2": "Exchange2010SP2",
  "14.3": "Exchange2010SP3",
  "15.0": "Exchange2013",
  "15.1": "Exchange2016",
  "15.2": "Exchange2019",
};

/** Since Exchange 2007 builds are stored with 30000 added; some pre-release builds with 10000. */
function realBuild(major: number, stored: number): number {
  if (major < 8) {
    return stored;
  }
  return stored >= 30_000 ? stored - 30_000 : stored >= 10_000 ? stored - 10_000 : stored;
}

/** `serialNumber` of a server, `Version 15.0 (Build 31497.2)`, perhaps with patch text behind; undefined when it is none. */
export function decodeSerialNumber(text: string): ExchangeVersion | undefined {
  const line = text.slice(0, 200);
  const version = /version (\d{1,5})\.(\d{1,5})(?!\d)/i.exec(line);
  const build = /build (\d{1,6})(?:\.(\d{1,6}))?(?!\d)/i.exec(line);
  if (version === null || build === null) {
    return undefined;
  }
  const major = Number(version[1]);
  return { major, minor: Number(version[2]), build: realBuild(major, Number(build[1])), revision: Number(build[2] ?? 0) };
}

/** `versionNumber` of a server: bits 22-27 major, 16-21 minor, 0-14 build. Undefined for values without the constant 0x70000000. */
export function decodeVersionNumber(value: number): ExchangeVersion | undefined {
  if (!Number.isInteger(value) || (value & 0x70000000) !== 0x70000000) {
    return undefined;
  }
  return { major: (value >> 22) & 0x3f, minor: (value >> 16) & 0x3f, build: value & 0x7fff, revision: 0 };
}

/** The product of a version; undefined for one that is not known, which is then neither old nor new. */
export function classifyExchange(version: Pick<ExchangeVersion, "major" | "minor">): ExchangeProduct | undefined {
  return products[`${version.major}.${version.minor}`];
}
