import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/config-file.ts";
import { describeError, type AppError } from "../../src/model/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-drift-config-"));
const base = `version: 1
profile: on-premises
forests:
  - { name: contoso.com, roles: [lync], credentials: { user: u@contoso.com, password: { env: P } } }
`;
function load(more: string) {
  const file = join(folder, "umpreflight.yaml");
  writeFileSync(file, base + more);
  return loadConfig(file).drift;
}
function refusal(more: string): string {
  try {
    load(more);
  } catch (error) {
    return describeError(error as AppError);
  }
  return "";
}
const channel = (text: string): string => `history: { file: h.db }\nnotifications:\n  channels:\n    - { name: ops, ${text} }\n`;

describe("waivers, history and notifications of umpreflight.yaml", () => {
  it("are none unless stated", () => expect(load("")).toEqual({ retention: { days: 400, runs: 60 }, notifications: { flapGuard: 1, states: ["new", "changed", "unknown-now", "fixed", "gone"], channels: [] } }));

  it("have absolute paths and the ports of their protocols", () => {
    expect(load(channel("smtp: { host: m, from: a@b, to: [c@d] }"))).toMatchObject({ history: join(folder, "h.db"), notifications: { channels: [{ type: "smtp", security: "starttls", port: 587 }] } });
    expect(load(channel("syslog: { host: s, transport: tls, facility: local7, ca: [ca.pem] }")).notifications.channels).toEqual([{ type: "syslog", name: "ops", host: "s", transport: "tls", port: 6514, facility: 23, ca: [join(folder, "ca.pem")] }]);
    expect(load(channel('webhook: { url: { file: hook.secret }, format: teams }')).notifications.channels).toEqual([{ type: "webhook", name: "ops", format: "teams", url: { file: join(folder, "hook.secret") } }]);
    expect(load(channel('command: [a, "b c"]')).notifications.channels).toEqual([{ type: "command", name: "ops", argv: ["a", "b c"] }]);
  });

  it.each([
    ["two kinds in one channel", channel("command: [a], syslog: { host: s }"), "exactly one of"],
    ["none", channel("command: []"), "command"],
    ["a password in the address", channel('webhook: { url: "https://u:p@h/x" }'), "a password does not stand in the address"],
    ["an address of another protocol", channel('webhook: { url: "file:///etc/passwd" }'), "no http or https address"],
    ["a password in clear text", channel("smtp: { host: m, from: a@b, to: [c@d], security: none, user: u, password: { env: P } }"), "not sent over an unencrypted connection"],
    ["a user without password", channel("smtp: { host: m, from: a@b, to: [c@d], user: u }"), "belong together"],
    ["a secret written out", channel("smtp: { host: m, from: a@b, to: [c@d], user: u, password: secret }"), "must be object"],
    ["channels without a history", "notifications: { channels: [{ name: ops, command: [a] }] }\n", "notifications need a history"],
    ["hours that do not exist", `${channel("command: [a]")}  quietHours: { from: "24:00", to: "06:00" }\n`, "quietHours.from"],
    ["the same name twice", `${channel("command: [a]")}    - { name: ops, command: [b] }\n`, "stands twice"],
  ])("refuses %s, with file and line", (_, more, expected) => {
    expect(refusal(more)).toContain(expected);
    expect(refusal(more)).toMatch(/umpreflight\.yaml:\d+/);
  });
});
