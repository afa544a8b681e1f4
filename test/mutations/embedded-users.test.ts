import { describeMutations } from "./embedded-lab.ts";
import { userMutations } from "./user-table.ts";

describeMutations("mutations of users in the embedded lab", userMutations);
