import { mkdir, readFile, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import process from "node:process";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reporters } from "../../src/report/registry.ts";
import { countingPort, folder, program, run, unfit, type Ended, type Running } from "./running.ts";

let files: Awaited<ReturnType<typeof folder>>;
let server: Awaited<ReturnType<typeof countingPort>>;

const forest = () => `version: 1
profile: on-premises
forests:
  - name: contoso.test
    roles: [lync, exchange]
    servers: [dc1.contoso.test]
    credentials: { user: reader@contoso.test, password: { env: CONTOSO_PASSWORD } }
dns: { inside: { servers: ["127.0.0.1:${server.port}"] } }
connectTo: { "dc1.contoso.test:636": "127.0.0.1:${server.port}", "dc1.contoso.test:3269": "127.0.0.1:${server.port}" }
`;

beforeAll(async () => {
  files = await folder();
  server = await countingPort();
  await writeFile(files.path("good.yaml"), forest());
});
afterAll(async () => {
  server.close();
  await files.remove();
});

/** Runs something that must fail before anything connects. */
async function refused(args: readonly string[], running: Running = {}): Promise<Ended> {
  const before = server.connections();
  const ended = await run(args, running);
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe("");
  expect(unfit(ended)).toEqual([]);
  expect(server.connections()).toBe(before);
  return ended;
}

const withPassword = { environment: { CONTOSO_PASSWORD: "S3cret-of-this-test" } };

test("--version and --help answer without configuration", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { readonly version: string };
  const started = performance.now();
  expect(await run(["--version"])).toEqual({ code: 0, signal: null, stdout: `${version}\n`, stderr: "" });
  expect(performance.now() - started).toBeLessThan(2_000);
  for (const args of [["--help"], ["scan", "--help"], ["evaluate", "--help"], ["rules", "--help"]]) {
    const help = await run(args);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toMatch(/^umpreflight/);
  }
});

test.for([
  [[], /Name a command/],
  [["scna"], /Did you mean scan\?/],
  [["scan", "--confg", "x"], /Unknown argument: confg/],
  [["scan", "surplus"], /Unknown argument: surplus/],
  [["scan", "--config.x", "y"], /Unknown argument: config\.x/],
  [["watch", "--at", "2026-01-31T12:00:00Z"], /Unknown argument: at/],
  [["scan", "--config", "a", "--config", "b"], /--config stands more than once/],
  [["scan", "--fail-on", "nothing"], /Given: "nothing", Choices: "warn", "fail"/],
  [["demo", "--generation", "nothing"], /there is no generation nothing[^]*exchange-2007[^]*cloud-voicemail/],
  [["evaluate"], /Not enough non-option arguments/],
  [["rules"], /Name one of: list, show, new, lint, test, docs/],
  [["scan", "--config"], /Not enough arguments following: config/],
  [["rules", "list", "--lang"], /Not enough arguments following: lang/],
] as const)("wrong use is explained: %s", async ([args, message]) => {
  const { stderr } = await refused(args);
  expect(stderr).toMatch(message);
});

test("a configuration that is not there", async () => {
  const { stderr } = await refused(["scan", "--config", files.path("none.yaml")]);
  expect(stderr).toContain(`there is no ${files.path("none.yaml")}`);
  expect(stderr).toContain("--config");
});

test.for([
  [["report", "none.json"], /^there is no file .*none\.json\n {2}/],
  [["evaluate", "none.snapshot.gz"], /^there is no file .*none\.snapshot\.gz\n {2}Name a snapshot/],
  [["process", "none"], /^there is no file .*none\n {2}Name a snapshot, or a JSON report/],
  [["report", "."], /cannot be read: it is a folder\n {2}/],
  [["report", "good.yaml"], /good\.yaml: this is no report of this program: it is no JSON, or was cut off\n {2}A report that can be read again/],
  [["evaluate", "good.yaml"], /good\.yaml is not a snapshot\n {2}Snapshots are written by/],
  [["report", "some.snapshot.gz"], /some\.snapshot\.gz is a snapshot, not a report\n {2}`umpreflight evaluate .*some\.snapshot\.gz` judges it/],
] as const)("a file that cannot be used is told in words, with a remedy: %s", async ([[command, file], message]) => {
  await writeFile(files.path("some.snapshot.gz"), gzipSync("{}\n"));
  const { stderr } = await refused([command, file === "." ? files.path("") : files.path(file)]);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/ENOENT|EISDIR|Unexpected/);
});

test("mistakes in the configuration are told with line and remedy, all at once", async () => {
  await writeFile(files.path("bad.yaml"), forest().replace("roles: [lync, exchange]", "roles: [lync, exchnge]").replace("servers: [dc1.contoso.test]", "srevers: [dc1.contoso.test]").replace("profile: on-premises", "profile: onpremises"));
  const { stderr } = await refused(["scan", "-c", files.path("bad.yaml")], withPassword);
  expect(stderr).toMatch(/bad\.yaml:2:\d+: .*profile/);
  expect(stderr).toMatch(/bad\.yaml:5:\d+: .*exchnge/);
  expect(stderr).toMatch(/bad\.yaml:6:\d+: .*srevers[\s\S]*servers/);
  await writeFile(files.path("broken.yaml"), "version: 1\n  profile: [\n");
  expect((await refused(["scan", "-c", files.path("broken.yaml")])).stderr).toMatch(/broken\.yaml:\d+:\d+/);
});

test("secrets that cannot be had", async () => {
  expect((await refused(["collect", "-c", files.path("good.yaml")])).stderr).toMatch(/password of reader@contoso\.test: the environment variable CONTOSO_PASSWORD is not set/);
  expect((await refused(["collect", "-c", files.path("good.yaml")], { environment: { CONTOSO_PASSWORD: "" } })).stderr).toMatch(/empty/);
  await writeFile(files.path("file.yaml"), forest().replace("{ env: CONTOSO_PASSWORD }", "{ file: none.secret }"));
  expect((await refused(["collect", "-c", files.path("file.yaml")])).stderr).toContain(files.path("none.secret"));
  await writeFile(files.path("prompt.yaml"), forest().replace("{ env: CONTOSO_PASSWORD }", "{ prompt: true }"));
  expect((await refused(["collect", "-c", files.path("prompt.yaml")])).stderr).toMatch(/there is no terminal/);
  await writeFile(files.path("ca.yaml"), forest().replace("    credentials", "    ca: [none.pem]\n    credentials"));
  expect((await refused(["collect", "-c", files.path("ca.yaml")], withPassword)).stderr).toContain(files.path("none.pem"));
  await writeFile(files.path("empty.pem"), "nothing\n");
  await writeFile(files.path("ca.yaml"), forest().replace("    credentials", "    ca: [empty.pem]\n    credentials"));
  expect((await refused(["collect", "-c", files.path("ca.yaml")], withPassword)).stderr).toContain("holds no certificate");
});

test("a rule with a typo is refused with file, line, column and suggestion, before anything connects", async () => {
  await mkdir(files.path("own-rules/own"), { recursive: true });
  const shipped = await readFile(new URL("../../rules/dial-plan/sip-plan-exists.yaml", import.meta.url), "utf8");
  await writeFile(files.path("own-rules/own/typo.yaml"), shipped.replace(/^id: .*$/m, "id: own/typo").replace(/uriType/, "uriTpye"));
  const { stderr } = await refused(["scan", "-c", files.path("good.yaml"), "--rules", files.path("own-rules")], withPassword);
  expect(stderr).toMatch(/own-rules\/own\/typo\.yaml:\d+:\d+: .*uriTpye/);
  expect(stderr).toContain("uriType");
  expect((await refused(["scan", "-c", files.path("good.yaml"), "--rules", files.path("no-such-folder")], withPassword)).stderr).toContain("no-such-folder");
});

test("parameters of rules that do not exist are refused", async () => {
  await writeFile(files.path("parameters.yaml"), `${forest()}parameters: { certificate/no-such-rule: { horizonDays: 3 } }\n`);
  expect((await refused(["scan", "-c", files.path("parameters.yaml")], withPassword)).stderr).toContain("there is no rule certificate/no-such-rule");
});

test("--help names every reporter", async () => {
  const { stdout } = await run(["evaluate", "--help"]);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(`format=FILE: ${Object.keys(reporters).join(", ")}; may be repeated`);
});

test("reporters: unknown, two on the standard output, a missing path", async () => {
  const scan = (...reporters: readonly string[]) => refused(["scan", "-c", files.path("good.yaml"), ...reporters.flatMap((one) => ["--reporter", one])], withPassword);
  expect((await scan("jsn")).stderr).toMatch(/there is no reporter jsn[\s\S]*json/);
  expect((await scan("json", "table")).stderr).toMatch(/only one reporter may use the standard output, not json and table/);
  expect((await scan("json=")).stderr).toMatch(/path is missing/);
  expect((await scan(`json=${files.path("no-such-folder/report.json")}`)).stderr).toContain("there is no folder");
});

test("a moment without a zone, and options that exclude each other", async () => {
  expect((await refused(["scan", "-c", files.path("good.yaml"), "--at", "yesterday"], withPassword)).stderr).toMatch(/--at yesterday is no moment/);
  expect((await refused(["scan", "-c", files.path("good.yaml"), "-q", "-v"], withPassword)).stderr).toMatch(/exclude each other/);
});

test("UMPREFLIGHT_ variables set options; the command line wins; those of other commands, and secrets, do no harm", async () => {
  const environment = { UMPREFLIGHT_CONFIG: files.path("none.yaml"), UMPREFLIGHT_FAIL_ON: "warn", UMPREFLIGHT_OUTPUT: "x", UMPREFLIGHT_PASSWORD: "x", UMPREFLIGHT_UNRELATED: "x" };
  expect((await refused(["scan"], { environment })).stderr).toContain(`there is no ${files.path("none.yaml")}`);
  expect((await refused(["collect"], { environment })).stderr).toContain(`there is no ${files.path("none.yaml")}`);
  expect((await refused(["scan", "-c", files.path("other.yaml")], { environment })).stderr).toContain("other.yaml");
  expect(await run(["rules", "list"], { environment })).toMatchObject({ code: 0, stderr: "" });
  expect((await refused(["scan"], { environment: { UMPREFLIGHT_FAIL_ON: "nothing" } })).stderr).toBe('UMPREFLIGHT_FAIL_ON is "nothing"\n  Write warn or fail.\n');
  expect((await refused(["watch"], { environment: { UMPREFLIGHT_JITTER: "soon" } })).stderr).toMatch(/UMPREFLIGHT_JITTER is "soon"\n {2}Write a whole number/);
  expect((await refused(["scan"], { environment: { UMPREFLIGHT_QUIET: "maybe" } })).stderr).toMatch(/UMPREFLIGHT_QUIET is "maybe"/);
  expect((await refused(["scan"], { environment: { UMPREFLIGHT_REPORTER: "table,json", UMPREFLIGHT_CONFIG: files.path("good.yaml"), CONTOSO_PASSWORD: "x" } })).stderr).toMatch(/not table and json/);
});

test("rules: list, show, lint and test", async () => {
  const list = await run(["rules", "list", "--json"]);
  const rules = JSON.parse(list.stdout) as readonly { readonly id: string }[];
  expect(rules.map(({ id }) => id)).toContain("dial-plan/sip-plan-exists");
  const shown = await run(["rules", "show", "dial-plan/sip-plan-exists"]);
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  expect(shown.stdout).toContain("rules/dial-plan/sip-plan-exists.yaml");
  expect((await refused(["rules", "show", "sip-plan"])).stderr).toMatch(/Did you mean .*dial-plan\/sip-plan-exists/);
  expect((await run(["rules", "test"])).code).toBe(0);
});

test("an outdated Node is told so: the first lines of the program are plain enough to run there", () => {
  const source = readFileSync(program, "utf8");
  const guard = source.slice(source.indexOf("const [major"), source.indexOf("} else {"));
  const said: string[] = [];
  const old = { versions: { node: "20.19.0" }, stderr: { write: (text: string) => said.push(text) }, exitCode: 0 };
  runInNewContext(`${guard}}`, { process: old });
  expect(old.exitCode).toBe(2);
  expect(said.join("")).toBe("umpreflight needs Node.js 22.12 or newer; this is 20.19.0.\n");
  expect(Number(process.versions.node.split(".")[0])).toBeGreaterThanOrEqual(22);
});
