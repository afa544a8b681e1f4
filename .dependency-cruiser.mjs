/** The layers of the house (CONTRIBUTING.md, "Who may import whom"), type-only imports included. */
const layer = (name, allowed, comment) => ({
  name: `layer-${name.replaceAll("/", "-")}`,
  comment,
  severity: "error",
  from: { path: `^src/${name}/` },
  to: { path: "^src/", pathNot: [name, ...allowed].map((other) => `^src/${other}/`) },
});
const builtins = (name, from, modules, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { dependencyTypes: ["core"], path: `^(node:)?(${modules})$` },
});
const sockets = "net|tls|dgram|http|https|http2|dns|dns/promises";
const files = "fs|fs/promises";

export default {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    { name: "no-orphans", severity: "error", from: { orphan: true, path: "^src/", pathNot: ["\\.d\\.ts$", "^src/(cli/main|lab/index|x509/index|collect/tls/pfx-worker)\\.ts$"] }, to: {} },
    layer("model", [], "model imports nothing of ours"),
    layer("x509", [], "x509 is a public module that stands alone"),
    layer("expression", ["model"]),
    layer("report", ["model"]),
    layer("config", ["model"]),
    layer("snapshot", ["model"]),
    layer("drift", ["model"], "comparing and waiving; no I/O"),
    layer("history", ["model"]),
    layer("notify", ["model"], "sends what changed; the only layer beside collect with sockets"),
    layer("schedule", ["model"], "texts for schedulers; no I/O"),
    layer("derive", ["model", "x509"], "facts computed from facts; no I/O"),
    layer("engine", ["model", "expression"]),
    layer("collect", ["model", "x509"], "collectors know no rules, findings or reporters"),
    layer("app", ["model", "config", "collect", "snapshot", "derive", "engine", "expression", "report", "drift", "history", "notify", "schedule"]),
    layer("cli", ["app", "config", "model", "lab"], "lab: the demo command only, see lab-only-by-demo"),
    layer("lab", [], "the embedded lab knows nothing of the product"),
    { name: "collectors-apart", comment: "a collector does not import another", severity: "error", from: { path: "^src/collect/([^/]+)/" }, to: { path: "^src/collect/([^/]+)/", pathNot: "^src/collect/$1/" } },
    { name: "lab-only-by-demo", severity: "error", from: { path: "^src/", pathNot: ["^src/lab/", "^src/cli/commands/demo\\.ts$"] }, to: { path: "^src/lab/" } },
    { name: "ldapts-only-in-client", severity: "error", from: { path: "^src/", pathNot: ["^src/collect/ldap/client[^/]*\\.ts$", "^src/lab/"] }, to: { path: "node_modules/ldapts" } },
    builtins("sockets-only-in-collect", "^src/(model|x509|expression|report|config|snapshot|derive|drift|history|schedule|engine|app|cli)/", sockets, "sockets only under collect/ and notify/"),
    builtins("no-files-in-pure-layers", "^src/(model|x509|expression|report|derive|drift|notify|schedule|engine)/", files, "pure layers read no files"),
    { name: "no-dev-dependency", severity: "error", from: { path: "^src/" }, to: { dependencyTypes: ["npm-dev"] } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    parser: "swc", // TypeScript 7 has no JavaScript API
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
