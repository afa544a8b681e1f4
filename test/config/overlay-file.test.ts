import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadOverlay } from "../../src/config/overlay-file.ts";
import { complaintOf } from "../complaint.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-overlay-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "plan.yaml");

function load(text: string) {
  writeFileSync(file, `version: 1\ntitle: A plan\n${text}`);
  return loadOverlay(file);
}

const complaint = (text: string): string => complaintOf(folder, () => load(text));

describe("an overlay", () => {
  it("states facts as planned, where they stand", () => {
    const { change, add, remove, put, certificates } = load('change: { umDialPlan/HQ: { voipSecurity: Secured, countryCode: ~ } }\nadd: { umIpGateway/gw/1: { port: 5061 } }\nremove: [umHuntGroup/old]\ncertificates: [{ endpoint: "EX1.test:5061", file: new.pem }, { trustedBy: lync, file: root.pem }]\ndns: [{ view: inside, srv: _x._tcp.A.test, targets: [{ target: B.test., port: 1, priority: 2, weight: 3 }] }, { view: outside, host: c.test, addresses: [] }]\n');
    expect(change[0]).toMatchObject({ kind: "umDialPlan", name: "HQ", facts: { voipSecurity: { observation: { state: "known", value: "Secured", source: "planned (plan.yaml)" }, position: { line: 3, column: 28 } }, countryCode: { observation: { state: "absent" } } } });
    expect(add[0]).toMatchObject({ kind: "umIpGateway", name: "gw/1" });
    expect(remove[0]).toMatchObject({ kind: "umHuntGroup", name: "old" });
    expect(certificates.map(({ use, file: path }) => [use, path])).toEqual([
      [{ endpoint: "ex1.test:5061" }, join(folder, "new.pem")],
      [{ trustedBy: "lync" }, join(folder, "root.pem")],
    ]);
    expect(put).toMatchObject([
      { kind: "srvRecordSet", name: "inside/_x._tcp.a.test", facts: { targets: { observation: { value: [{ target: "b.test", port: 1, priority: 2, weight: 3 }] } }, targetNames: { observation: { value: ["inside/b.test"] } } } },
      { kind: "dnsName", name: "outside/c.test", facts: { addresses: { observation: { value: [] } } } },
    ]);
  });

  it.each([
    ["an unknown part", "chnage: {}\n", "plan.yaml:3:1: chnage: chnage is not known here.\n  Did you mean change?"],
    ["an unknown kind", "change: { umDialPlam/HQ: { name: x } }\n", "plan.yaml:3:11: There is no kind umDialPlam.\n  Did you mean umDialPlan?"],
    ["an unknown fact", "change: { umDialPlan/HQ: { voipSecurty: Secured } }\n", "plan.yaml:3:28: umDialPlan has no fact voipSecurty.\n  Did you mean voipSecurity?"],
    ["a wrong name", "change: { umDialPlan/HQ: { voipSecurity: Secure } }\n", 'plan.yaml:3:28: voipSecurity: "Secure" is no SIPSecured | Unsecured | Secured.\n  Did you mean Secured?'],
    ["a wrong type", "add: { umIpGateway/x: { port: many } }\n", 'plan.yaml:3:25: port: "many" is no int.'],
    ["a derived fact", "change: { umDialPlan/HQ: { gateways: [] } }\n", "plan.yaml:3:28: gateways is worked out from other facts and cannot be planned."],
    ["absence of what is always there", "change: { umDialPlan/HQ: { name: ~ } }\n", "plan.yaml:3:28: name must not be absent."],
    ["half a record", "change: { exchangeServer/x: { version: { major: 15 } } }\n", "version: Version lacks minor, build, revision.\n  A record is planned whole."],
    ["a field that is none", "change: { exchangeServer/x: { version: { major: 15, minr: 0 } } }\n", "Version has no field minr.\n  Did you mean minor?"],
    ["no object", "remove: [umDialPlan]\n", 'remove.0: "umDialPlan" does not fit'],
    ["a certificate for nobody", "certificates: [{ file: x.pem }]\n", "plan.yaml:3:16: A certificate is for an endpoint, or trustedBy a side."],
    ["half a record of DNS", "dns: [{ view: inside, srv: a.test }]\n", "A record is srv with targets, or host with addresses."],
    ["another version", "version: 2\n", "Map keys must be unique."],
  ])("is refused for %s", (_, text, message) => {
    expect(complaint(text)).toContain(message);
  });

  it("tells everything that is wrong at once", () => {
    const said = complaint("change: { umDialPlan/HQ: { voipSecurty: Secured, faxEnabled: maybe } }\n");
    expect(said).toContain("voipSecurty");
    expect(said).toContain('faxEnabled: "maybe" is no bool.');
  });
});
