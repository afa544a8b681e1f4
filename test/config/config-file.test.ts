import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/config-file.ts";
import { complaintOf } from "../complaint.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const good = `version: 1
profile: on-premises
forests:
  - name: Contoso.TEST
    roles: [lync]
    credentials: { user: svc@contoso.test, password: { env: PW } }
`;

function load(text: string) {
  const file = join(folder, "umpreflight.yaml");
  writeFileSync(file, text);
  return loadConfig(file);
}

const complaint = (text: string): string => complaintOf(folder, () => load(text));

describe("umpreflight.yaml", () => {
  it("takes a small configuration and fills in what it leaves out", () => {
    expect(load(good)).toMatchObject({ profile: "on-premises", forests: [{ name: "contoso.test", roles: ["lync"], security: "ldaps", sendPasswordInClearText: false }], dns: { inside: { servers: ["system"] } }, limits: { pageSize: 1000 } });
  });

  it.each([["dc1.contoso.test"], ["dc1.contoso.test:"], ["dc1.contoso.test:ldaps"], ["ldaps://dc1.contoso.test:636"], ["dc1.contoso.test:636 "]])("refuses connectTo for what is no host:port: %s", (key) => {
    expect(complaint(`${good}connectTo: { ${JSON.stringify(key)}: "127.0.0.1:636" }\n`)).toMatch(/^umpreflight\.yaml:7:\d+: connectTo\..* cannot be used as a name here\.\n {2}Write host:port, such as dc1\.contoso\.com:636\.$/s);
  });

  it("takes connectTo for host:port, with a name in any case, an address, or an IPv6 address in brackets", () => {
    expect(load(`${good}connectTo: { "DC1.contoso.test:636": "127.0.0.1:10636", "192.0.2.1:5061": "127.0.0.1:5061", "[2001:db8::1]:443": "[::1]:443" }\n`).connectTo).toEqual({ "dc1.contoso.test:636": "127.0.0.1:10636", "192.0.2.1:5061": "127.0.0.1:5061", "[2001:db8::1]:443": "[::1]:443" });
  });

  it("refuses a file full of keys without comparing each with all others", () => {
    const started = performance.now();
    expect(complaint(`${good}parameters:\n${Array.from({ length: 20_000 }, (_, at) => `  k${at}:`).join("\n")}\n`)).toContain("k19999");
    expect(performance.now() - started).toBeLessThan(9_000);
  });

  it("takes paths from its own folder", () => {
    expect(load(`${good}    ca: [certs/root.pem]\nlyncConfiguration: [/abs/lync.clixml, lync.json]\n`)).toMatchObject({ forests: [{ ca: [join(folder, "certs/root.pem")] }], lyncConfiguration: ["/abs/lync.clixml", join(folder, "lync.json")] });
  });

  it.each([
    ["a missing part", "version: 1\nprofile: on-premises\n", "umpreflight.yaml:1:1: the file: forests is missing."],
    ["an unknown key", good.replace("roles:", "rolls:"), "umpreflight.yaml:5:5: forests.0.rolls: rolls is not known here.\n  Did you mean roles?"],
    ["a wrong name", good.replace("on-premises", "on-premise"), 'umpreflight.yaml:2:1: profile: "on-premise" is not one of the names.\n  Did you mean on-premises?'],
    ["a repeated key", `${good}profile: hosted\n`, "Map keys must be unique"],
    ["an anchor on a map", good.replace("{ env: PW }", "&a { env: PW }"), "Anchors and aliases are refused."],
    ["a password in the file", good.replace("{ env: PW }", "secret"), 'forests.0.credentials.password: This is text; it must be object.\n  It holds: env, file, prompt.'],
    ["a password in the file, as a list", good.replace("{ env: PW }", "[secret]"), "forests.0.credentials.password: This is a list; it must be object."],
    ["no profile", good.replace("profile: on-premises\n", ""), "profile is missing.\n  There are: on-premises, hosted, cloud-voicemail."],
    ["no password", good.replace(", password: { env: PW }", ""), "user and password are needed, or a client certificate."],
    ["a simple bind over plaintext", `${good}    security: plaintext\n`, "a password is not sent over an unencrypted connection.\n  Use ldaps or starttls; if the risk is accepted, add sendPasswordInClearText: true."],
    ["EXTERNAL over plaintext", good.replace("{ user: svc@contoso.test, password: { env: PW } }", "{ certificate: a.pem, key: b.pem }\n    security: plaintext"), "a client certificate needs ldaps or starttls."],
    ["a certificate without its key", good.replace("{ user: svc@contoso.test, password: { env: PW } }", "{ certificate: a.pem }"), "a client certificate needs certificate and key, or pfx."],
    ["an operator of a forest that is not there", `${good}operators: [{ account: x, forest: fabrikam.test }]\n`, "operators.0.forest: there is no forest fabrikam.test.\n  Forests: contoso.test."],
    ["a forest named twice", `${good}  - name: contoso.test\n    roles: [exchange]\n    credentials: { user: x, password: { env: PW } }\n`, "contoso.test stands twice."],
    ["no YAML", "a: [", "umpreflight.yaml:1:5"],
    ["an alias bomb", "a: &a [x]\nb: *a\n", "Anchors and aliases are refused."],
  ])("refuses %s, and says where and what to do", (_, text, expected) => {
    expect(complaint(text)).toContain(expected);
  });

  it("reports everything that is wrong at once", () => {
    const said = complaint(good.replace("on-premises", "x").replace("[lync]", "[link]"));
    expect(said).toContain("profile");
    expect(said).toContain("roles");
  });

  it("sends a password in clear text only when told so in as many words", () => {
    expect(load(`${good}    security: plaintext\n    sendPasswordInClearText: true\n`).forests[0]).toMatchObject({ security: "plaintext", sendPasswordInClearText: true });
  });

  it("says which file is missing", () => {
    expect(() => loadConfig(join(folder, "none.yaml"))).toThrow("there is no");
  });
});
