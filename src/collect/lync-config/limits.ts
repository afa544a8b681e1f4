/** How much of a file is read before it is refused. Real exports stay far below: a large company's CLIXML bundle has a few megabytes. */
export interface ReadLimits {
  /** Bytes of a file, zipped or not. */
  readonly fileBytes: number;
  /** Unpacked bytes of all entries of a zip together. */
  readonly unpackedBytes: number;
  /** Unpacked size over packed size; counted from 1 MiB unpacked on, as small repetitive files are harmless. */
  readonly unpackRatio: number;
  readonly zipEntries: number;
  readonly xmlDepth: number;
  /** Elements held at one time. */
  readonly xmlElements: number;
  /** Characters of text and attributes held at one time. */
  readonly xmlCharacters: number;
  /** Characters between two tags: a text, a comment, a declaration. */
  readonly xmlPieceCharacters: number;
  readonly xmlAttributesPerElement: number;
  readonly xmlAttributeCharacters: number;
  readonly xmlNameCharacters: number;
  /** Values of a CLIXML document with every shared object counted as often as it is referred to. */
  readonly clixmlValues: number;
  /** Elements of all payloads of an Export-CsConfiguration that are kept. */
  readonly storeElements: number;
  readonly jsonBytes: number;
  readonly jsonDepth: number;
  readonly jsonValues: number;
}

const mebi = 1024 * 1024;

/** The limits in force unless a test lowers them. */
export const defaultLimits: ReadLimits = {
  fileBytes: 256 * mebi,
  unpackedBytes: 512 * mebi,
  unpackRatio: 200,
  zipEntries: 1_000,
  xmlDepth: 200,
  xmlElements: 1_000_000,
  xmlCharacters: 128 * mebi,
  xmlPieceCharacters: 32 * mebi,
  xmlAttributesPerElement: 256,
  xmlAttributeCharacters: 64 * 1024,
  xmlNameCharacters: 256,
  clixmlValues: 2_000_000,
  storeElements: 1_000_000,
  jsonBytes: 64 * mebi,
  jsonDepth: 64,
  jsonValues: 1_000_000,
};
