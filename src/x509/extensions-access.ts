import { atEnd, children, DerError, finish, into, next, optional, take, TAG, type Element } from "./der.ts";
import { booleanOf, namedBits, oidOf } from "./der-values.ts";
import { parseGeneralName, parseGeneralNames, type GeneralName } from "./general-name.ts";
import { parseRdn } from "./name.ts";

/** Where a CRL is published: full names, or one RDN below the CRL issuer's name (RFC 5280 section 4.2.1.13). */
export type PointName = { readonly kind: "full"; readonly names: readonly GeneralName[] } | { readonly kind: "relative"; readonly canonical: string };

/** The positions of ReasonFlags that together cover every reason (RFC 5280 section 4.2.1.13); position 0 is unused. */
export const ALL_REASONS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8]);

/** One DistributionPoint. */
export interface DistributionPoint {
  readonly name?: PointName;
  readonly reasons?: ReadonlySet<number>;
  readonly crlIssuer?: readonly GeneralName[];
}

/** Reads DistributionPointName from the explicit tag that wraps it. */
function pointName(wrapper: Element): PointName {
  const reader = into(wrapper);
  const choice = next(reader);
  finish(reader, "the name of a distribution point");
  if (choice.tag === 0xa0) return { kind: "full", names: parseGeneralNames(choice) };
  if (choice.tag === 0xa1) return { kind: "relative", canonical: parseRdn(choice).canonical };
  throw new DerError("the name of a distribution point has an unknown form");
}

function distributionPoint(element: Element): DistributionPoint {
  if (element.tag !== TAG.sequence) throw new DerError("a distribution point is not a sequence");
  const reader = into(element);
  const name = optional(reader, 0xa0);
  const reasons = optional(reader, 0x81);
  const crlIssuer = optional(reader, 0xa2);
  finish(reader, "a distribution point");
  if (name === undefined && crlIssuer === undefined) throw new DerError("a distribution point has neither name nor CRL issuer");
  return {
    ...(name === undefined ? {} : { name: pointName(name) }),
    ...(reasons === undefined ? {} : { reasons: namedBits(reasons, "the reasons of a distribution point") }),
    ...(crlIssuer === undefined ? {} : { crlIssuer: parseGeneralNames(crlIssuer) }),
  };
}

/** Reads CRLDistributionPoints or FreshestCRL. */
export function parseDistributionPoints(element: Element): readonly DistributionPoint[] {
  const points = children(element, 256).map(distributionPoint);
  if (points.length === 0) throw new DerError("the list of distribution points is empty");
  return points;
}

/** IssuingDistributionPoint of a CRL (RFC 5280 section 5.2.5). */
export interface IssuingDistributionPoint {
  readonly name?: PointName;
  readonly onlyUser: boolean;
  readonly onlyCa: boolean;
  readonly onlyAttribute: boolean;
  readonly onlySomeReasons?: ReadonlySet<number>;
  readonly indirect: boolean;
}

/** Reads IssuingDistributionPoint; it must not be empty nor combine the exclusive scopes. */
export function parseIssuingDistributionPoint(element: Element): IssuingDistributionPoint {
  const reader = into(element);
  if (atEnd(reader)) throw new DerError("the issuing distribution point is empty");
  const name = optional(reader, 0xa0);
  const user = optional(reader, 0x81);
  const ca = optional(reader, 0x82);
  const reasons = optional(reader, 0x83);
  const indirect = optional(reader, 0x84);
  const attribute = optional(reader, 0x85);
  finish(reader, "the issuing distribution point");
  const flag = (item: Element | undefined): boolean => item !== undefined && booleanOf(item);
  const scopes = [flag(user), flag(ca), flag(attribute)];
  if (scopes.filter(Boolean).length > 1) throw new DerError("the issuing distribution point has scopes that exclude each other");
  return {
    ...(name === undefined ? {} : { name: pointName(name) }),
    onlyUser: flag(user),
    onlyCa: flag(ca),
    onlyAttribute: flag(attribute),
    ...(reasons === undefined ? {} : { onlySomeReasons: namedBits(reasons, "the reasons of the issuing distribution point") }),
    indirect: flag(indirect),
  };
}

/** One AccessDescription: method and location (RFC 5280 section 4.2.2.1). */
export interface AccessDescription {
  readonly method: string;
  readonly location: GeneralName;
}

/** Reads AuthorityInfoAccess or SubjectInfoAccess. */
export function parseInfoAccess(element: Element): readonly AccessDescription[] {
  const found = children(element, 256).map((child) => {
    if (child.tag !== TAG.sequence) throw new DerError("an access description is not a sequence");
    const reader = into(child);
    const method = oidOf(take(reader, TAG.oid, "an access method"));
    const location = parseGeneralName(next(reader));
    finish(reader, "an access description");
    return { method, location };
  });
  if (found.length === 0) throw new DerError("the information access is empty");
  return found;
}
