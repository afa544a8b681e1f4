import { attestationNames } from "../model/attestations.ts";

/**
 * Words that stay in a redacted snapshot, in lower case: those of protocols, products and of the program itself, by which rules and derived facts go. They say nothing
 * of whose deployment it is; a company that is called like one of them is not hidden by its name.
 */
const words = `
  sip sips sipinternal sipexternal sipinternaltls sipfederationtls sipdir sipfed lyncdiscover lyncdiscoverinternal ucupdates ntp udp tcp tls mtls ssl xmpp server
  http https ldap ldaps gc tel eum ext phone context transport maddr user opaque gruu app exum voicemail
  cn ou dc st street uid emailaddress serialnumber postalcode title
  com net org info edu gov us de cn dod onmschina mil int test local lan corp
  exap um outlook office partner protection onmicrosoft microsoftonline microsoft online lync skype skypeforbusiness business webdir teams
  autodiscover autodiscoverservice svc root meet dialin admin cscp
  global site service tag registrar mediation edge access mediationserver edgeserver registrarservice userservices usersservice conferencing conferencingserver webservices webserver
  pstngateway pstn gateway director userstore centralmgmt centralmgmtstore filestore archivingstore monitoringstore archivingserver monitoringserver externalserver persistentchatserver
  cshostedvoicemail exchangehostedvoicemail
  inside outside deployment configuration attestation certificates
  exchange server servers services administrative groups group global policies policy default dialplan dialplans container autoattendant ipgateway mailbox settings users
  directory dns derived worked out from file stated by on the as and that were with of as sent chain side judged anchors issuers fetched handshake options absent
  sha md rsa ecdsa withrsaencryption withsha dsa aes gcm cbc ecdhe dhe chacha poly tlsv sslv des edch null pss rsassa ed
  ok unspecified self signed cert in depth zero error unable to get issuer certificate locally leaf signature has expired not yet valid invalid purpose untrusted chain too long ca
  crl ocsp aia
  nt authority builtin organization management recipient enterprise domain admins administrators schema ec
`;

const attested = attestationNames.join(" ").replaceAll("-", " ");
const wellKnown: ReadonlySet<string> = new Set(`${words} ${attested}`.split(/\s+/u).filter((word) => word !== ""));

/** Whether a word, in lower case, stays as it is; so do single letters from a to z (one ideograph is a whole name) and the names of the groups that Lync makes. */
export function isWellKnown(word: string): boolean {
  return /^[a-z]$/u.test(word) || wellKnown.has(word) || /^rtc[a-z]{5,}$/u.test(word) || /^cs(?:user|voice|server|view|only|helpdesk|archiving|response|location|persistent)?(?:only)?administrator$/u.test(word);
}
