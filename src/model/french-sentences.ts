import { attestationKeys, type AttestationName } from "./attestations.ts";

/**
 * Sentences that collectors and the certificate validator put into a snapshot, in English and French. `{}` stands for any text; what it stood for is translated
 * the same way. A snapshot keeps English, so that it can be judged and shown in any language.
 */
export const frenchSentences: readonly (readonly [english: string, french: string])[] = [
  // Where something was read.
  ["worked out", "déduit"],
  ["directory {} ({})", "annuaire {} ({})"],
  ["DNS {} ({})", "DNS, {} ({})"],
  ["inside", "vue interne"],
  ["outside", "vue externe"],
  ["Lync configuration {}", "configuration Lync {}"],
  ["chain as sent, judged by {}", "chaîne telle qu’envoyée, jugée d’après {}"],
  ["chain as sent and issuers that were fetched, judged by {}", "chaîne telle qu’envoyée et émetteurs téléchargés, jugée d’après {}"],
  ["OpenSSL, by {}", "OpenSSL, d’après {}"],
  ["the {} side's anchors", "les ancres du côté {}"],
  ["public roots", "les racines publiques"],
  ["CRL and OCSP as fetched", "listes de révocation et OCSP tels que téléchargés"],
  ["stated by {} on {}", "déclaré par {} le {}"],
  ["{} (not set: the product's default)", "{} (non défini\u00a0: valeur par défaut du produit)"],
  ["server object, {}", "objet serveur, {}"],
  ["ServiceVersion {} of the topology, {}", "ServiceVersion {} de la topologie, {}"],
  ["msRTCSIP-PoolVersion {}, {}; only the topology tells Lync Server 2010, 2013 and Skype for Business Server apart", "msRTCSIP-PoolVersion {}, {}\u00a0; seule la topologie distingue Lync Server 2010, 2013 et Skype for Business Server"],
  ["schema level {} ({}); it tells what the forest was prepared for, not which servers there are", "niveau de schéma {} ({})\u00a0; il indique à quoi la forêt a été préparée, et non quels serveurs s’y trouvent"],
  ["schema level {} ({}) is none that is known", "le niveau de schéma {} ({}) n’est pas connu"],
  ["Exchange schema", "Schéma Exchange"],
  ["Lync schema", "Schéma Lync"],
  ["Front End pool", "Pool frontal"],
  ["Director pool", "Pool directeur"],
  ["Branch pool", "Pool de succursale"],
  ["Mediation pool", "Pool de médiation"],
  ["Edge pool", "Pool Edge"],
  ["{}, Skype for Business Server 2015 or 2019", "{}, Skype for Business Server 2015 ou 2019"],
  ["{} or later", "{} ou version ultérieure"],
  ["the list was {}", "liste\u00a0: {}"],
  ["not read: {}", "non lu\u00a0: {}"],
  // Why something was not read: configuration.
  ["nobody has stated it; whoever knows adds to attestations in umpreflight.yaml: {}", "personne ne l’a déclaré\u00a0; qui le sait ajoute à attestations dans umpreflight.yaml\u00a0: {}"],
  ["no trust anchors of the {} side are configured (trust.{})", "aucune ancre d’approbation du côté {} n’est configurée (trust.{})"],
  ["no trust anchors of the {} side are configured", "aucune ancre d’approbation du côté {} n’est configurée"],
  ["no {} DNS view is configured", "vue DNS non configurée\u00a0: {}"],
  ["no client certificate is configured", "aucun certificat client n’est configuré"],
  ["no Lync configuration file is configured{}", "aucun fichier de configuration Lync n’est configuré{}"],
  ["fetching is turned off (fetch.enabled, --no-fetch)", "le téléchargement est désactivé (fetch.enabled, --no-fetch)"],
  ["the endpoint is plain TCP: no TLS handshake was tried", "le point de terminaison est en simple TCP\u00a0: aucune négociation TLS n’a été tentée"],
  ["interrupted: {}", "interrompu\u00a0: {}"],
  ["interrupted before it", "interrompu auparavant"],
  ["not read in this run", "non lu lors de cette exécution"],
  ["the object was not read", "l’objet n’a pas été lu"],
  ["the chain was not read", "la chaîne n’a pas été lue"],
  ["the Exchange servers were not read", "les serveurs Exchange n’ont pas été lus"],
  ["the groups of the forest were not read", "les groupes de la forêt n’ont pas été lus"],
  ["the {} of {} were not read", "{} de {} n’ont pas été lus"],
  ["the {} port of {} was not read", "le port {} de {} n’a pas été lu"],
  ["the pools of {} were not read", "les pools de {} n’ont pas été lus"],
  ["the startup mode of {} was not read, so that its ports are not known", "le mode de démarrage de {} n’a pas été lu, si bien que ses ports ne sont pas connus"],
  ["name or servers of pool {} were not read", "le nom ou les serveurs du pool {} n’ont pas été lus"],
  ["name, roles or version of Exchange server {} were not read", "le nom, les rôles ou la version du serveur Exchange {} n’ont pas été lus"],
  ["address or port of gateway {} were not read", "l’adresse ou le port de la passerelle {} n’ont pas été lus"],
  ["{} was not read", "{} n’a pas été lu"],
  // Network.
  ["the name {} does not resolve: {}", "le nom {} ne se résout pas\u00a0: {}"],
  ["{} has no address", "{} n’a pas d’adresse"],
  ["nothing listens there ({} refused the connection)", "rien n’y écoute ({} a refusé la connexion)"],
  ["no connection to {} ({})", "pas de connexion à {} ({})"],
  ["no TLS handshake: {}", "pas de négociation TLS\u00a0: {}"],
  ["no SIP answer: {}", "pas de réponse SIP\u00a0: {}"],
  ["the server sent the TLS alert {}", "le serveur a envoyé l’alerte TLS {}"],
  ["the server closed the connection", "le serveur a fermé la connexion"],
  ["the server cut the connection", "le serveur a coupé la connexion"],
  ["the server sends without end", "le serveur envoie sans fin"],
  ["the server sent no certificate", "le serveur n’a pas envoyé de certificat"],
  ["the server did not ask for a client certificate", "le serveur n’a pas demandé de certificat client"],
  ["the server answered the TLS handshake with something that is not TLS", "le serveur a répondu à la négociation TLS par autre chose que TLS"],
  ["{} did not accept a connection within {} ms", "{} n’a pas accepté de connexion en {} ms"],
  ["{} did not answer a request within {} ms", "{} n’a pas répondu à une requête en {} ms"],
  ["{} cannot be reached or closed the connection ({})", "{} est injoignable ou a fermé la connexion ({})"],
  ["{} closed the connection", "{} a fermé la connexion"],
  ["{} is not trusted: {} ({})", "{} n’est pas approuvé\u00a0: {} ({})"],
  ["its certificate comes from an issuer that is not trusted here", "son certificat provient d’un émetteur qui n’est pas approuvé ici"],
  ["its certificate chain ends in a root that is not trusted here", "sa chaîne de certificats aboutit à une racine qui n’est pas approuvée ici"],
  ["its certificate is self-signed and not trusted here", "son certificat est auto-signé et n’est pas approuvé ici"],
  ["its certificate is for another name", "son certificat est établi pour un autre nom"],
  ["its certificate, or one of the chain, has expired", "son certificat, ou l’un de ceux de la chaîne, a expiré"],
  // Directory.
  ["the server's time limit was exceeded", "le délai du serveur a été dépassé"],
  ["the size limit was exceeded", "la limite de taille a été dépassée"],
  ["the server demands stronger authentication or an encrypted connection", "le serveur exige une authentification plus forte ou une connexion chiffrée"],
  ["the server refers to another server, which is not followed", "le serveur renvoie à un autre serveur, ce qui n’est pas suivi"],
  ["an administrative limit of the server was exceeded", "une limite administrative du serveur a été dépassée"],
  ["the server knows no such object, or hides it from this account", "le serveur ne connaît pas cet objet, ou le masque à ce compte"],
  ["the server rejects the credentials", "le serveur rejette les informations d’identification"],
  ["the account has not the right to read this", "le compte n’a pas le droit de lire ceci"],
  ["the server is busy", "le serveur est occupé"],
  ["the server is unavailable", "le serveur n’est pas disponible"],
  ["wrong password or unknown user", "mot de passe incorrect ou utilisateur inconnu"],
  ["the password has expired", "le mot de passe a expiré"],
  ["the account is disabled", "le compte est désactivé"],
  ["the account is locked", "le compte est verrouillé"],
  ["the account has expired", "le compte a expiré"],
  ["the server demands authentication first", "le serveur exige d’abord une authentification"],
  ["{} exists, but the account cannot see it or the filter leaves it out", "{} existe, mais le compte ne peut pas le voir ou le filtre l’exclut"],
  ["what of {} is hidden from the account cannot be told: {}", "il n’est pas possible de savoir ce qui, de {}, est masqué au compte\u00a0: {}"],
  ["the scanning account may not read its permissions", "le compte d’analyse ne peut pas lire ses autorisations"],
  ["no server of {} is known", "aucun serveur de {} n’est connu"],
  ["a part of {} is held by another server that was not asked: {}", "une partie de {} est détenue par un autre serveur qui n’a pas été interrogé\u00a0: {}"],
  // Certificates and paths.
  ["The path ends at {}: no certificate of its issuer {} is at hand, neither sent nor trusted.", "Le chemin s’arrête à {}\u00a0: aucun certificat de son émetteur {} n’est disponible, ni envoyé ni approuvé."],
  ["The certificates of the issuer {} do not lead from {} to a trust anchor.", "Les certificats de l’émetteur {} ne mènent pas de {} à une ancre d’approbation."],
  ["{} is self-issued and not among the trust anchors.", "{} est émis par lui-même et ne figure pas parmi les ancres d’approbation."],
  ["{} expired on {}.", "{} a expiré le {}."],
  ["{} is valid only from {}.", "{} n’est valide qu’à partir du {}."],
  ["{} is revoked: {}.", "{} est révoqué\u00a0: {}."],
  ["It is not known whether {} is revoked: {}.", "Il n’est pas possible de savoir si {} est révoqué\u00a0: {}."],
  ["{} has the critical extension {}, which is not understood.", "{} a l’extension critique {}, qui n’est pas comprise."],
  ["The key of {} has only {} bits and can be broken.", "La clé de {} n’a que {} bits et peut être cassée."],
  ["{} is signed with {}, which can be forged.", "{} est signé avec {}, qui peut être falsifié."],
  ["{} is not a CA certificate, but a certificate on the path was issued with it.", "{} n’est pas un certificat d’autorité, mais un certificat du chemin a été émis avec lui."],
  ["The signature of {} was not made with the key of {}, although the names fit.", "La signature de {} n’a pas été faite avec la clé de {}, bien que les noms concordent."],
  ["{} is not meant for {} (its extended key usage does not list it).", "{} n’est pas destiné à {} (son utilisation avancée de la clé ne le mentionne pas)."],
  ["server authentication", "l’authentification du serveur"],
  ["client authentication", "l’authentification du client"],
  ["fail {} ({}): {}", "échec {} ({})\u00a0: {}"],
  ["warn {} ({}): {}", "avertissement {} ({})\u00a0: {}"],
  ["it is listed as revoked ({})", "il figure sur la liste des certificats révoqués ({})"],
  ["a current CRL does not list it", "une liste de révocation à jour ne le mentionne pas"],
  ["the responder says revoked ({})", "le répondeur le déclare révoqué ({})"],
  ["a current OCSP answer says good", "une réponse OCSP à jour le déclare valide"],
  ["the responder does not know the certificate", "le répondeur ne connaît pas le certificat"],
  // What a server adds to one of these stands in brackets.
  ["{} ({})", "{} ({})"],
];

/** What can be attested, in French. */
const statements: Readonly<Record<AttestationName, string>> = {
  "tenant-accepts-sip-domains": "Chaque domaine SIP est un domaine accepté faisant autorité du locataire.",
  "tenant-shares-sip-address-space": "Le locataire ne partage l’espace d’adressage SIP qu’avec ce déploiement, est synchronisé avec l’annuaire, et autorise et bloque les mêmes partenaires.",
  "no-third-party-pbx": "Aucun PBX tiers ni aucun accès abonné depuis le réseau RTC ne dépend de la messagerie vocale du cloud.",
  "exchange-reachable-from-cloud": "Le cloud joint les services web Exchange et la découverte automatique, OAuth est configuré entre Exchange et le cloud, et les connecteurs de messagerie sont en place.",
  "edge-reaches-cloud": "Les pare-feu laissent le serveur Edge joindre le service de messagerie vocale du cloud.",
  "clocks-are-right": "Les horloges des serveurs Edge et frontaux sont tenues à l’heure.",
  "clients-are-supported": "Les utilisateurs de la messagerie vocale hébergée ont des clients de Lync 2010 ou version ultérieure.",
  "um-ports-open": "Les serveurs Lync joignent les ports 5060 à 5068 de chaque serveur de messagerie unifiée, et les ports de média à partir de 1024 sont ouverts dans les deux sens\u00a0; les règles de pare-feu conviennent aux ports modifiés.",
  "front-end-ports-open": "Les serveurs frontaux joignent les ports de la documentation du produit les uns des autres et du serveur Edge.",
  "um-components-active": "Aucun composant de messagerie unifiée d’un serveur Exchange n’est mis hors service.",
  "outdialing-allowed": "Les règles de numérotation des plans de numérotation et des stratégies de boîte aux lettres de messagerie unifiée autorisent les appels sortants.",
  "front-ends-restarted": "Les services frontaux ont été redémarrés après l’exécution d’exchucutil.",
  "lync-keys-in-legacy-provider": "Les clés privées des certificats Lync se trouvent dans un fournisseur de services de chiffrement, et non dans un fournisseur de stockage de clés.",
  "web-services-have-own-name": "Les pools avec équilibrage de charge DNS ont pour les services web internes un autre FQDN que celui du pool.",
  "older-lync-updated": "OCS 2007 R2 a la mise à jour cumulative 10 et Lync Server 2010 la mise à jour cumulative 3, ou une version ultérieure.",
  "users-moved-before-mailboxes": "Les utilisateurs sont déplacés vers Skype for Business Server 2019 avant que leur boîte aux lettres ne le soit vers Exchange 2019.",
};

interface Known {
  readonly pattern: RegExp;
  readonly french: readonly string[];
}

let patterns: readonly Known[] | undefined;
let whole: ReadonlyMap<string, string> | undefined;

function prepare(): { readonly patterns: readonly Known[]; readonly whole: ReadonlyMap<string, string> } {
  whole ??= new Map([...frenchSentences.filter(([english]) => !english.includes("{}")), ...Object.entries(statements).map(([key, french]) => [attestationKeys[key as AttestationName].statement, french] as const)]);
  patterns ??= frenchSentences.filter(([english]) => english.includes("{}")).map(([english, french]) => ({ pattern: new RegExp(`^${english.split("{}").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&")).join("(.+?)")}$`, "su"), french: french.split("{}") }));
  return { patterns, whole };
}

/** More than any sentence of ours: what is longer is somebody else's text. */
const maxLength = 1000;
const maxDepth = 3;

/** A sentence of the program in French where it is known, else as it is. Names and numbers in it stay. */
export function frenchSentence(text: string, depth = 0): string {
  // A word alone is a value, but for one within a sentence of ours.
  if (depth > maxDepth || text.length > maxLength || (depth === 0 && !text.includes(" "))) return text;
  const known = prepare();
  const found = known.whole.get(text);
  if (found !== undefined) return found;
  for (const { pattern, french } of known.patterns) {
    const match = pattern.exec(text);
    if (match !== null) return french.map((part, index) => (index === 0 ? "" : frenchSentence(match[index] ?? "", depth + 1)) + part).join("");
  }
  return text;
}
