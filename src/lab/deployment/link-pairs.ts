/** Forward link attribute → back link attribute, as the schemas pair them (even linkID and the odd one after it). */
export const linkPairs: Readonly<Record<string, string>> = {
  member: "memberOf",
  manager: "directReports",
  homeMDB: "homeMDBBL",
  msExchUMRecipientDialPlanLink: "msExchUMRecipientDialPlanBL",
  msExchUMTemplateLink: "msExchUMTemplateBL",
  msExchUMDialPlanDefaultAutoAttendantLink: "msExchUMDialPlanDefaultAutoAttendantBL",
  msExchUMServerDialPlanLink: "msExchUMServerDialPlanBL",
  msExchUMMailboxPolicyDialPlanLink: "msExchUMMailboxPolicyDialPlanBL",
  msExchUMAutoAttendantDialPlanLink: "msExchUMAutoAttendantDialPlanBL",
  msExchUMHuntGroupDialPlanLink: "msExchUMHuntGroupDialPlanBL",
  msExchUMDTMFFallbackAutoAttendantLink: "msExchUMDTMFFallbackAutoAttendantBL",
  "msRTCSIP-PoolAddress": "msRTCSIP-FrontEndServers",
};
