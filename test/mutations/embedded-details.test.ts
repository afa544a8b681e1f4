import { describeMutations } from "./embedded-lab.ts";
import { detailMutations } from "./table.ts";

describeMutations("changes of details and of names for sign-in", detailMutations);
