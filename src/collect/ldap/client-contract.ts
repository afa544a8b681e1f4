import type { LookupFunction } from "node:net";
import type { UnknownReason } from "../../model/observation.ts";

/**
 * Why something could not be read. `code` is stable and made for comparing: `ldap:32` (result code), `ldap:49:52e` (with Active Directory's sub-code),
 * `net:ECONNREFUSED`, `tls:unknown-issuer`, `client:aborted`. `detail` is a sentence for people and never holds a secret.
 */
export interface ReadFailure {
  readonly reason: UnknownReason;
  readonly detail: string;
  readonly code?: string;
  /** The deepest existing object that the server named, when it knows no such object (RFC 4511, section 4.1.9). */
  readonly matchedDn?: string;
}

/** A value, or why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ReadFailure };

/** A failed {@link Outcome}. */
export function failed(failure: ReadFailure): { readonly ok: false; readonly failure: ReadFailure } {
  return { ok: false, failure };
}

/** Bounds on what one server can make us hold. */
export interface ClientLimits {
  /** Longest single LDAP message; a longer declared length ends the connection. */
  readonly maxMessageBytes: number;
  /** Most bytes that the answer to one request (one page) may take up. */
  readonly maxResponseBytes: number;
  /** Most bytes that all answers of one search may take up, beside 16 KiB for each entry: who keeps them all holds no more than that. */
  readonly maxSearchBytes: number;
  /** Requests under way at once on the connection; the others wait. */
  readonly maxConcurrent: number;
  /** Most values taken of one attribute by range retrieval. */
  readonly maxRangeValues: number;
}

/** How to authenticate: LDAP simple bind (user as DN, UPN or DOMAIN\name) or SASL EXTERNAL with the client certificate. */
export type DirectoryCredentials = { readonly kind: "simple"; readonly user: string; readonly password: string } | { readonly kind: "external" };

/** One directory server and how to speak with it. */
export interface DirectoryTarget {
  /** Name of the server: what its certificate must say, and where to connect unless `address` says otherwise. */
  readonly host: string;
  readonly port: number;
  /** Where to connect instead; the certificate is still checked against `host`. */
  readonly address?: { readonly host: string; readonly port: number };
  readonly security: "ldaps" | "starttls" | "plaintext";
  readonly tls: {
    /** Trust anchors in PEM; undefined means those of the operating system. */
    readonly ca: readonly string[] | undefined;
    readonly cert?: string;
    readonly key?: string;
    readonly pfx?: Buffer;
    readonly passphrase?: string;
  };
  readonly credentials: DirectoryCredentials;
  /** Without it a password is never sent over an unencrypted connection. */
  readonly allowPlaintextBind: boolean;
  /** From the first packet until the connection is encrypted. */
  readonly connectTimeoutMs: number;
  /** For one request until its last byte, however busy the server looks. */
  readonly operationTimeoutMs: number;
  /** For everything done with the client, from the start of connecting. */
  readonly totalTimeoutMs: number;
  /** Entries of a page; Active Directory caps it at MaxPageSize (1000). */
  readonly pageSize?: number;
  readonly lookup?: LookupFunction;
  readonly limits?: Partial<ClientLimits>;
}

/** What a connection needs from the run around it. */
export interface ConnectContext {
  readonly signal: AbortSignal;
  /** Milliseconds on any clock that does not run backwards. */
  readonly now: () => number;
}

/** One value: text where the bytes are UTF-8 and the attribute is not binary, else bytes. */
export type AttributeValue = string | Buffer;

/** One directory object as read; see client-entry.ts for its accessors. */
export interface Entry {
  /** Plain DN, also when extended DNs were asked for. */
  readonly dn: string;
  /** Object GUID, as text, when extended DNs were asked for. */
  readonly guid?: string;
  /** Object SID, as text, when extended DNs were asked for and the object has one. */
  readonly sid?: string;
  /** Values by attribute name in lower case, without options such as `;range=`; never an empty list. */
  readonly attributes: ReadonlyMap<string, readonly AttributeValue[]>;
  /** Attributes (lower case) of which only a part could be fetched, and why. */
  readonly truncated: ReadonlyMap<string, ReadFailure>;
}

/** A filter: RFC 4515 text for constants, or parts. Values in parts need no escaping and may be bytes. */
export type DirectoryFilter =
  | string
  | { readonly and: readonly DirectoryFilter[] }
  | { readonly or: readonly DirectoryFilter[] }
  | { readonly not: DirectoryFilter }
  | { readonly present: string }
  | { readonly equals: { readonly attribute: string; readonly value: AttributeValue } }
  /** Extensible match, such as 1.2.840.113556.1.4.1941 for nested membership. */
  | { readonly matches: { readonly attribute: string; readonly rule: string; readonly value: string } };

/** One search. */
export interface DirectorySearch {
  readonly base: string;
  readonly scope: "base" | "one" | "sub";
  readonly filter: DirectoryFilter;
  /** Attributes to return; an empty list returns none (not all, as it would on the wire). */
  readonly attributes: readonly string[];
  /** Attributes to keep as bytes, in any spelling, beside those known to be binary. */
  readonly binary?: readonly string[];
  /** Ask for owner, group and DACL of nTSecurityDescriptor: without it an ordinary account gets no descriptor at all. */
  readonly sdFlags?: boolean;
  /** Ask for GUID and SID inside every DN; DN values then need {@link ./decode-extended-dn.ts parseExtendedDn}. */
  readonly extendedDn?: boolean;
  readonly sizeLimit?: number;
}

/** Entries of one page, and URLs of parts of the tree that other servers hold (search result references, not followed). */
export interface Page {
  readonly entries: readonly Entry[];
  readonly references: readonly string[];
}

/** How a search ended. `referrals` are the URLs of a referral result (code 10), which is a failure: nothing was read here. */
export type SearchEnd =
  | { readonly complete: true; readonly referrals: readonly string[] }
  | { readonly complete: false; readonly failure: ReadFailure; readonly referrals: readonly string[] };

/** All pages of a search. When `complete` is false the entries are only a part, and an empty list proves nothing. */
export type SearchResult = Page & SearchEnd;

/** A bound connection to one directory server. It can search and be closed, nothing else. No method throws for what a server does. */
export interface DirectoryClient {
  /** `host:port` as configured, for messages. */
  readonly server: string;
  /** Negotiated TLS version, such as `TLSv1.3`; undefined on a plaintext connection. */
  readonly tlsVersion: string | undefined;
  /** Pages of a search; the next page is already under way while the consumer looks at one. Leaving the loop early abandons it. */
  search(request: DirectorySearch): AsyncGenerator<Page, SearchEnd, void>;
  /** The whole answer in memory; more than `maxEntries` ends it as `truncated`. */
  searchAll(request: DirectorySearch, options: { readonly maxEntries: number }): Promise<SearchResult>;
  /** One object by DN (or `<GUID=…>`, `<SID=…>`, or `""` for the rootDSE). A missing object is a failure for which `isNoSuchObject` is true. */
  readEntry(dn: string, attributes: readonly string[], options?: Partial<Pick<DirectorySearch, "binary" | "sdFlags" | "extendedDn" | "filter">>): Promise<Outcome<Entry>>;
  /** Why the connection is lost, once it is; every later request fails the same way. */
  lost(): ReadFailure | undefined;
  close(): Promise<void>;
}
