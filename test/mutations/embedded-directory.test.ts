import { describeMutations } from "./embedded-lab.ts";
import { directoryMutations } from "./table.ts";

describeMutations("changes of directory and configuration", directoryMutations);
