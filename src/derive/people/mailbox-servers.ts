import { factOf } from "../../model/fact-read.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import type { Subject, SubjectIndex } from "../../model/subject.ts";
import { chained, derivedSource } from "../combine.ts";
import { userFact } from "./own-facts.ts";

/** Finds the Exchange server of a mailbox, which names it by a legacy DN that ends in `/cn=Servers/cn=<name>`. */
export function mailboxServers(world: SubjectIndex): (user: Subject) => Observation<string> {
  const servers = new Map<string, string>();
  for (const server of world.all("exchangeServer")) {
    const [forest, name] = [factOf(server, "exchangeServer", "forest"), factOf(server, "exchangeServer", "name")];
    if (forest.state === "known" && name.state === "known") servers.set(`${forest.value}\n${name.value.toLowerCase()}`, server.id);
  }
  return (user) =>
    chained(userFact(user, "mailboxHome"), (legacyDn) => {
      const forest = userFact(user, "forest");
      const name = /\/cn=servers\/cn=([^/]+)$/i.exec(legacyDn)?.[1];
      if (forest.state !== "known" || name === undefined) return unknown("malformed", `${JSON.stringify(legacyDn)} names no Exchange server`, derivedSource);
      const id = servers.get(`${forest.value}\n${name.toLowerCase()}`);
      return id === undefined ? unknown("not-collected", `the Exchange server ${name} was not read`, derivedSource) : known(id, derivedSource);
    });
}
