import type { FactValue, RecordValue } from "../model/kinds.ts";

/**
 * Build of each cumulative update from Exchange 2013 on, in their order; the first is the release itself. The directory holds the build that set-up wrote:
 * security updates leave it as it is.
 * https://learn.microsoft.com/exchange/new-features/build-numbers-and-release-dates
 */
const builds: Readonly<Partial<Record<FactValue<"exchangeServer", "product">, readonly number[]>>> = {
  Exchange2013: [516, 620, 712, 775, 847, 913, 995, 1044, 1076, 1104, 1130, 1156, 1178, 1210, 1236, 1263, 1293, 1320, 1347, 1365, 1367, 1395, 1473, 1497],
  Exchange2016: [225, 396, 466, 544, 669, 845, 1034, 1261, 1415, 1466, 1531, 1591, 1713, 1779, 1847, 1913, 1979, 2044, 2106, 2176, 2242, 2308, 2375, 2507],
  Exchange2019: [221, 330, 397, 464, 529, 595, 659, 721, 792, 858, 922, 986, 1118, 1258, 1544, 1748],
};
/** The successor of Exchange 2019 goes on with its version number. */
const firstSubscriptionBuild = 2562;

/** `Exchange 2010 SP3`, and with a version `Exchange 2013 CU23 (15.0.1497.2)`; without the update where the build is none of those that are known. */
export function exchangeVersionText(product: FactValue<"exchangeServer", "product">, version: RecordValue<"Version"> | undefined): string {
  const named = product.replace(/^Exchange(\d{4})/u, "Exchange $1 ").trim();
  if (version === undefined) return named;
  const number = `${version.major}.${version.minor}.${version.build}.${version.revision}`;
  if (product === "Exchange2019" && version.build >= firstSubscriptionBuild) return `Exchange SE (${number})`;
  const update = builds[product]?.indexOf(version.build) ?? -1;
  const level = update === 0 ? " RTM" : update > 0 ? ` CU${update}` : "";
  return `${named}${level} (${number})`;
}
