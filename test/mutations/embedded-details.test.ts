import { detailTable } from "./detail-table.ts";
import { describeMutations } from "./embedded-lab.ts";
import { signInTable } from "./sign-in-table.ts";

describeMutations("changes of details and of names for sign-in", [...detailTable, ...signInTable]);
