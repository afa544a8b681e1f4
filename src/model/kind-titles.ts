import { kindNamed, type KindName } from "./kinds.ts";
import type { Language } from "./language.ts";

/** Titles of kinds in French, as Microsoft's French documentation names the things. */
const french: Readonly<Partial<Record<KindName, string>>> = {
  deployment: "Déploiement",
  attestation: "Déclaration",
  forest: "Forêt",
  accountContainer: "Conteneur de comptes",
  trust: "Relation d’approbation",
  securityGroup: "Groupe",
  operator: "Compte d’opérateur",
  exchangeContainer: "Conteneur Exchange",
  exchangeOrganization: "Organisation Exchange",
  umDialPlan: "Plan de numérotation de messagerie unifiée",
  umIpGateway: "Passerelle IP de messagerie unifiée",
  umHuntGroup: "Groupe de recherche de messagerie unifiée",
  umAutoAttendant: "Standard automatique de messagerie unifiée",
  umMailboxPolicy: "Stratégie de boîte aux lettres de messagerie unifiée",
  exchangeServer: "Serveur Exchange",
  umCallRouter: "Routeur d’appels de messagerie unifiée",
  lyncDeployment: "Déploiement Lync",
  lyncPool: "Pool Lync",
  trustedService: "Service approuvé",
  exUmContact: "Contact ExUM",
  user: "Utilisateur",
  dnsName: "Nom d’hôte",
  srvRecordSet: "Enregistrement SRV",
  sipDomain: "Domaine SIP",
  endpoint: "Point de terminaison",
  certificateStatus: "État de révocation d’un certificat",
  trustAnchorSet: "Ancres d’approbation",
  lyncConfiguration: "Configuration Lync",
  lyncDialPlan: "Plan de numérotation Lync",
  mediaConfiguration: "Configuration des médias",
  hostingProvider: "Fournisseur d’hébergement",
  hostedVoicemailPolicy: "Stratégie de messagerie vocale hébergée",
  accessEdgeConfiguration: "Configuration du serveur Edge d’accès",
  phoneConfiguration: "Configuration des téléphones UC",
  topologyPool: "Pool de la topologie",
  inputDisagreement: "Désaccord entre les entrées",
  voicePolicy: "Stratégie de voix",
  pstnUsage: "Utilisation RTC",
  voiceRoute: "Itinéraire des communications vocales",
  trunkConfiguration: "Configuration de jonction",
  pstnGateway: "Passerelle RTC",
  voicemailRerouting: "Réacheminement de messagerie vocale",
  configurationReplica: "Réplica de la configuration",
  publicProvider: "Fournisseur public",
  simpleUrl: "URL simple",
};

const titles: Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>> = { fr: french };

/** The title of a kind in a language: `UM dial plan`. In English where the language has none, the kind itself where nobody knows it. */
export function kindTitle(kind: string, language: Language): string {
  const translated = titles[language];
  if (translated !== undefined && Object.hasOwn(translated, kind)) return translated[kind] ?? kind;
  return kindNamed(kind)?.title ?? kind;
}
