import { describe, expect, it } from "vitest";
import { compileExpression, createScope, declare, type Scope } from "../../src/expression/compile.ts";
import { createCompiler } from "../../src/expression/environment.ts";
import { ExpressionError } from "../../src/expression/expression-error.ts";
import { needPaths } from "../../src/expression/need.ts";
import { typeInWords } from "../../src/expression/static-type.ts";

const compiler = createCompiler();

function scope(): Scope {
  const made = createScope(compiler, { days: { type: "int", default: 30, description: "d" }, names: { type: "list<string>", default: [], description: "n" } });
  declare(made, "plan", { is: "subject", kind: "umDialPlan" });
  declare(made, "group", { is: "subject", kind: "umHuntGroup" });
  declare(made, "pools", { is: "list", of: { is: "subject", kind: "lyncPool" } });
  return made;
}

function errorOf(text: string): { readonly message: string; readonly at: string; readonly hint: string | undefined } {
  try {
    compileExpression(scope(), text);
  } catch (error) {
    if (error instanceof ExpressionError) return { message: error.message, at: text.slice(error.start, error.end), hint: error.hint };
    throw error;
  }
  return { message: "", at: "", hint: undefined };
}

describe("what an expression reads", () => {
  it.each<[string, string, string[]]>([
    ["plan.name", "string", ["plan.name"]],
    ["plan", "umDialPlan", ["plan"]],
    ["plan.organization.forest.name", "string", ["plan.organization.forest.name"]],
    ["pools.size()", "int", ["pools"]],
    ["pools.map(p, p.fqdn)", "list<string>", ["pools.fqdn"]],
    ["pools.map(p, p.branch, p.fqdn)", "list<string>", ["pools.branch", "pools.fqdn"]],
    ["pools.filter(p, p.branch).map(p, p.media)", "list<mediaConfiguration>", ["pools.branch", "pools.media"]],
    ["plan.gateways.map(g, g.pools).flatten()", "list<lyncPool>", ["plan.gateways.pools"]],
    ["plan.gateways.map(g, g.pools).flatten().exists(p, p.media.scope == 'site')", "bool", ["plan.gateways.pools.media.scope"]],
    ["pools[0].fqdn", "string", ["pools.fqdn"]],
    ["pools[?0].orValue(lyncPools[1]).fqdn", "string", ["pools.fqdn", "lyncPools.fqdn"]],
    ["(plan.faxEnabled ? pools : lyncPools).map(p, p.dn)", "list<string>", ["plan.faxEnabled", "pools.dn", "lyncPools.dn"]],
    ["(pools + lyncPools).map(p, p.dn)", "list<string>", ["pools.dn", "lyncPools.dn"]],
    ["[plan, group.dialPlan].map(p, p.dn)", "list<string>", ["plan.dn", "group.dialPlan.dn"]],
    ["cel.bind(p, group.dialPlan, p.name + p.dn)", "string", ["group.dialPlan.name", "group.dialPlan.dn"]],
    ["plan.defaultAutoAttendant.hasValue()", "bool", ["plan.defaultAutoAttendant"]],
    ["plan.defaultAutoAttendant.value().enabled", "bool", ["plan.defaultAutoAttendant.enabled"]],
    ["plan.defaultAutoAttendant.?enabled.orValue(false)", "bool", ["plan.defaultAutoAttendant.enabled"]],
    ["plan.defaultAutoAttendant.or(optional.of(umAutoAttendants[0])).value().name", "string", ["plan.defaultAutoAttendant.name", "umAutoAttendants.name"]],
    ["plan in umDialPlans", "bool", ["plan", "umDialPlans"]],
    ["plan == group.dialPlan", "bool", ["plan", "group.dialPlan"]],
    ["endpoints.map(e, e.certificate).filter(c, c.notAfter < addDays(now, parameters.days))", "list<Certificate>", ["endpoints.certificate", "now"]],
    ["deployment.profile == 'hosted' || parameters.names.size() > 0", "bool", ["deployment.profile"]],
    ["plan.gateways.map(g, g.huntGroups.map(h, h.dialPlan)).flatten().map(p, p.name)", "list<string>", ["plan.gateways.huntGroups.dialPlan.name"]],
    ["[[plan]].flatten().map(p, p.name)", "list<string>", ["plan.name"]],
  ])("%s", (text, type, paths) => {
    const compiled = compileExpression(scope(), text);
    expect(typeInWords(compiled.type)).toBe(type);
    expect([...compiled.needs].flatMap(([root, need]) => needPaths(root, need)).map((path) => path.join("."))).toEqual(paths);
  });

  it("which parameters, lists under all() and sizes", () => {
    const compiled = compileExpression(scope(), "pools.all( p, p.branch ) && size(pools) > parameters.days");
    expect([[...compiled.parameters], compiled.alls, compiled.sized]).toEqual([["days"], ["pools"], ["pools"]]);
  });
});

describe("what is refused", () => {
  it.each<[string, string, string, string?]>([
    ["plan.name +", "Unexpected token", ""],
    ["plan.name == 'x", "Unterminated", ""],
    ["plan.voipSecurty == 'x'", "umDialPlan has no fact voipSecurty.", "voipSecurty", "Did you mean voipSecurity?"],
    ["pln.name", "There is no pln here.", "pln", "Did you mean plan?"],
    ["lyncPool.size()", "There is no lyncPool here.", "lyncPool", "Did you mean lyncPools?"],
    ["users.size()", "There is no users here.", "users"],
    ["dnsNames.size()", "There is no dnsNames here.", "dnsNames"],
    ["plan.voipSecurity == 'Secure'", '"Secure" is not one of the names', "'Secure'", "Did you mean Secured?"],
    ["'secured' != plan.voipSecurity", '"secured" is not one of the names', "'secured'", "Did you mean Secured?"],
    ["plan.voipSecurity in ['Secured', 'Unsecure']", '"Unsecure" is not one of the names', "'Unsecure'"],
    ["plan.organization.servers.exists(s, 'Caffe' in s.roles)", '"Caffe" is not one of the names', "'Caffe'", "Did you mean Cafe?"],
    ["pools.exists(p, p.poolType.orValue('') == 'Enterprize')", '"Enterprize" is not one of the names', "'Enterprize'"],
    ["without(plan.organization.servers[0].roles, ['Umm']).size() > 0", '"Umm" is not one', "'Umm'"],
    ["plan.voipSecurity == plan.uriType", "no name in common", "plan.voipSecurity == plan.uriType"],
    ["plan.name == 1", "never be equal: string and int", "plan.name == 1"],
    ["plan.countryCode == '1'", "never be equal: optional<string> and string", "plan.countryCode == '1'"],
    ["plan == pools", "never be equal", "plan == pools"],
    ["1 in pools.map(p, p.fqdn)", "This can never hold", "1 in pools.map(p, p.fqdn)"],
    ["plan.defaultAutoAttendant.name", "This may be absent", "name", "Write .?name (an optional again), or .hasValue() and .value()."],
    ["plan.?name", ".?name is for optional values", "name"],
    ["plan.name.hasValue()", "always there", "plan.name.hasValue()"],
    ["pools.fqdn", "no facts of its own", "fqdn", "Read them of its elements: .map(x, x.fqdn)."],
    ["plan.name.first", "A string has no fields.", "first"],
    ["endpoints[0].certificate.expires", "Certificate has no field expires.", "expires"],
    ["has(plan.name)", "has() is refused", "has(plan.name)"],
    ["plan.name.matches('a')", "matches() is refused", "plan.name.matches('a')"],
    ["dyn(plan.name) == 1", "dyn() is refused", "dyn(plan.name)"],
    ["type(plan.name) == string", "type() is refused", "type(plan.name)"],
    ["string == plan.name", "There is no string here.", "string"],
    ["poolsServing(plan)", "There is no function poolsServing()", "poolsServing(plan)"],
    ["plan.name.startWith('a')", "There is no function startWith()", "plan.name.startWith('a')", "Did you mean startsWith?"],
    ["sameName(plan.name)", "takes 2 arguments", "sameName(plan.name)"],
    ["sameName(plan.name, 1)", "no matching overload", "sameName(plan.name, 1)"],
    ["plan.name + 1", "no such overload: string + int", "plan.name + 1"],
    ["plan.faxEnabled && plan.name", "bool operands", "plan.faxEnabled && plan.name"],
    ["pools.exists(p, p.fqdn)", "predicate must return bool", "fqdn"],
    ["pools.map(plan, plan.fqdn)", "plan already means something else", "plan"],
    ["pools.map(p, pools.map(p, p.fqdn))", "p already means something else", "p"],
    ["pools.map(parameters, parameters.fqdn)", "parameters already means", "parameters"],
    ["pools.map(p.fqdn, 1)", "invalid predicate iteration variable", "fqdn"],
    ["pools.map(a, pools.map(b, pools.map(c, pools.map(d, d.fqdn))))", "more than 3 deep", "pools.map(d, d.fqdn)", "Name a part of it under `with`."],
    ["plan.name.map(x, x)", "map() is for lists", "plan.name.map(x, x)"],
    ["parameters.dayz > 1", "The rule has no parameter dayz.", "dayz", "Did you mean days?"],
    ["parameters", "Name one of the parameters.", "parameters"],
    ["{'a': 1}.size() > 0", "maxMapEntries", ""],
    ["{}.size() > 0", "Maps are not used", "{}"],
    ["plan.name == null", "null is not used", "null"],
    ["plan.extensionDigits > 1.5", "Only text, whole numbers", "1.5"],
    ["b'abc'.size() > 1", "Only text, whole numbers", "b'abc'"],
    ["matchesRe(plan.name, plan.dn)", "is a literal text", "plan.dn"],
    ["matchesRe(plan.name, '(?=a)')", "not a regular expression", "'(?=a)'"],
    ["matchesRe(plan.name, '[')", "not a regular expression", "'['"],
    ["plan.faxEnabled ? plan : group", "must have the same type", "plan.faxEnabled ? plan : group"],
    ["google.protobuf", "There is no google here.", "google"],
    ["cel", "There is no cel here.", "cel"],
    ["plan['name']", "Only a list has elements by number", "plan['name']"],
    ["pools['x']", "is a whole number", "pools['x']"],
    ["plan.constructor", "has no fact constructor", "constructor"],
    ["plan.__proto__", "has no fact __proto__", "__proto__"],
    ["plan.subject", "has no fact subject", "subject"],
    ["plan.name.constructor('x')", "There is no function constructor()", "plan.name.constructor('x')"],
    ["[plan, group].size()", "must have the same type", "[plan, group]"],
    ["[].flatten().map(x, x.name)", "has no fields", "name"],
  ])("%s", (text, message, at, hint) => {
    const error = errorOf(text);
    expect(error.message).toContain(message);
    if (at !== "") expect(error.at).toBe(at);
    if (hint !== undefined) expect(error.hint).toBe(hint);
  });

  it("an expression that is too long, too deep or too wide", () => {
    expect(errorOf(`plan.name == "${"x".repeat(2000)}"`).message).toContain("longer than 2000");
    expect(errorOf(`${"(".repeat(200)}1${")".repeat(200)}`).message).toContain("maxDepth");
    expect(errorOf(Array.from({ length: 400 }, () => "1").join("+")).message).toContain("maxAstNodes");
    expect(errorOf(`${"!".repeat(1900)}true`).message).toContain("maxAstNodes");
  });
});

describe("names that may be declared", () => {
  it.each(["Plan", "my plan", "deployment", "now", "parameters", "cel", "lyncPools", "in", "true", "plan", "list", "p-q"])("not %s", (name) => {
    expect(() => declare(scope(), name, { is: "int" })).toThrow(ExpressionError);
  });

  it("not for a list of nothing", () => {
    expect(() => declare(scope(), "none", compileExpression(scope(), "[]").type)).toThrow("what this is a list of");
  });
});
