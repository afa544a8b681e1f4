import type { Change } from "../../src/lab/deployment/mutations.ts";
import { endpointStopped, endpointTls } from "../../src/lab/deployment/planting.ts";
import type { EndpointSpec } from "../../src/lab/types.ts";
import { fails, turns, warns } from "./outcome-changes.ts";
import { embeddedOnly, mutation, withUnseen, type Mutation } from "./mutation.ts";
import { silent } from "./unseen-endpoints.ts";

const um = "ex2.fabrikam.test";
const frontEnd = "lyncse1.contoso.test";
const access = "access.contoso.test";
const endpoint = (host: string, port: number, changes: Partial<EndpointSpec>): Change => ({ kind: "setEndpoint", host, port, endpoint: changes });

/** What listens, and how. */
export const endpointTable: readonly Mutation[] = [
  withUnseen(
    [`${um}:5063`],
    mutation(
      "um-stopped",
      "EX2's UM service is not running",
      [endpointStopped(um, 5062), endpointStopped(um, 5063)],
      silent(`${um}:5063`),
      turns("pass", "not-applicable", "endpoint/answers-sip", `${um}:5062`),
      fails("endpoint/um-listens", `${um}:5062`, `${um}:5063`),
    ),
  ),
  withUnseen([`${um}:5061`], mutation("router-stopped", "EX2's call router does not listen on TLS", [endpointStopped(um, 5061)], silent(`${um}:5061`), turns("pass", "not-applicable", "endpoint/redirects-to-known-servers", `${um}:5061`), turns("pass", "unknown", "certificate/same-on-all-ports", `${um}:5063`), fails("endpoint/um-listens", `${um}:5061`))),
  withUnseen([`${frontEnd}:5061`], mutation("fe-stopped", "The Standard Edition server is not running", [endpointStopped(frontEnd, 5061)], silent(`${frontEnd}:5061`), fails("endpoint/lync-listens", `${frontEnd}:5061`))),
  withUnseen([`${access}:5061`], mutation("edge-stopped", "The outer side of the Edge is not running", [endpointStopped(access, 5061)], silent(`${access}:5061`), fails("endpoint/edge-listens", `${access}:5061`))),
  embeddedOnly("kamailio says nothing to a TLS client on a plain port, so that nothing is known there", withUnseen(
    [`${um}:5063`],
    mutation(
      "um-plain",
      "EX2's UM service answers without TLS on its TLS port",
      [endpoint(um, 5063, { tls: undefined })],
      fails("endpoint/answers-tls", `${um}:5063`),
      turns("pass", "unknown", "endpoint/answers-sip", `${um}:5063`),
      turns("pass", "unknown", "endpoint/tls-version", `${um}:5063`),
    ),
  )),
  mutation(
    "um-no-client-certificate",
    "EX2's UM service asks for no client certificate",
    [endpointTls(um, 5063, { clientCertificate: "none" })],
    fails("certificate/mutual-tls", "ex2.fabrikam.test:5063"),
  ),
  mutation("um-tls11", "EX2's UM service speaks TLS 1.1 only", [endpointTls(um, 5063, { maxVersion: "TLSv1.1" })], warns("endpoint/tls-version", "ex2.fabrikam.test:5063")),
  mutation(
    "router-redirects",
    "EX1's call router sends callers to the workers of two servers",
    [endpoint("ex1.fabrikam.test", 5061, { redirectsTo: ["sip:100@ex1.fabrikam.test:5066;transport=tls", `sip:${um}:5066;transport=tls`] })],
  ),
  mutation(
    "router-redirects-nowhere",
    "EX1's call router sends callers to a port of EX2 on which nothing listens",
    [endpoint("ex1.fabrikam.test", 5060, { redirectsTo: [`sip:${um}:5068;transport=tcp`] })],
    turns("none", "fail", "endpoint/um-listens", `${um}:5068`),
    turns("none", "not-applicable", "endpoint/answers-sip", `${um}:5068`),
  ),
  mutation(
    "router-redirects-elsewhere",
    "EX1's call router sends callers to a server of others, and to ports that UM does not have",
    [endpoint("ex1.fabrikam.test", 5060, { redirectsTo: ["sip:um.other.test:5062;transport=tcp", `sip:${um}:3389;transport=tcp`, `sip:${um}:22;transport=tcp`] })],
    warns("endpoint/redirects-to-known-servers", "ex1.fabrikam.test:5060"),
  ),
  mutation("um-unavailable", "EX2's UM service is out of service", [endpoint(um, 5063, { sipStatus: 503 })], warns("endpoint/answers-sip", "ex2.fabrikam.test:5063")),
];
