import { describeMutations } from "./embedded-lab.ts";
import { networkMutations } from "./table.ts";

describeMutations("changes of DNS, certificates and endpoints", networkMutations);
