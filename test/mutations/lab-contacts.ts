/** Names of the contacts of the healthy deployment. */
export const contactNames = {
  access: "ContosoUM Subscriber Access",
  attendant: "ContosoAA Auto Attendant",
  branchAccess: "BranchUM Subscriber Access",
  branchAttendant: "BranchAA Auto Attendant",
} as const;

/** All of them. */
export const allContacts: readonly string[] = Object.values(contactNames);

/** Rules about contacts that apply to each contact of UM on premises. */
export const contactRules = ["contact/enabled", "contact/home-pool", "contact/kind", "contact/not-on-2019", "contact/number", "contact/sip-address"];
