#!/usr/bin/python3
"""Turn compact schema tables (*.tsv) into one LDIF file that extends an AD schema.

usage: gen-schema.py SCHEMA_DN TABLE.tsv... > schema.ldif

Table rows are whitespace separated, '#' starts a comment:
  A name syntax S|M [gc] [index] [anr] [copy] [link=N] [backlink=N] [oid=...] [cn=...] [range=lo..hi] [pset=Name]
      an attribute; syntax is a key of SYNTAX below, S single-valued, M multi-valued
  C name structural|auxiliary|abstract superior [sup=a,b] [must=a,b] [may=a,b] [aux=a,b] [rdn=ou] [oid=...]
      a class; sup= are the classes it may be a child of
  X existingClass [may=a,b] [aux=a,b] [sup=a,b]      adds to a class that is already there
  G existingAttribute                                puts an existing attribute in the global catalog
  P Name                                             a property set (controlAccessRight); attributes join by pset=Name

link=N is forward link id LINK_BASE+2N, backlink=N the odd id after it. An OID not
given comes from PRIVATE_ARC, numbered by a hash of the name, and GUIDs are uuid5
of the name: a row keeps its ids however the table is reordered.

The records are 'changetype:' records with a schemaUpdateNow between the stages, so
  ldbmodify -H .../sam.ldb --option="dsdb:schema update allowed=true" schema.ldif
loads the file offline.
"""
import base64, re, sys, uuid, zlib

PRIVATE_ARC = "1.3.6.1.4.1.99999.7"      # made-up number, for the lab only
LINK_BASE = 31000
NS = uuid.UUID("5b0f6d0e-6a3c-4a51-9f5e-7f1f0c4d5a10")

OM_DN, OM_DNBIN = "KwwCh3McAIVK", "KoZIhvcUAQEBCw=="
SYNTAX = {  # key: attributeSyntax, oMSyntax, oMObjectClass
    "string": ("2.5.5.12", 64, None), "int": ("2.5.5.9", 2, None),
    "bool": ("2.5.5.8", 1, None),     "dn": ("2.5.5.1", 127, OM_DN),
    "octet": ("2.5.5.10", 4, None),   "time": ("2.5.5.11", 24, None),
    "int64": ("2.5.5.16", 65, None),  "sid": ("2.5.5.17", 4, None),
    "ia5": ("2.5.5.5", 22, None),     "dnbin": ("2.5.5.7", 127, OM_DNBIN),
    "sd": ("2.5.5.15", 66, None),     "oid": ("2.5.5.2", 6, None),
    "numeric": ("2.5.5.6", 18, None),
}
KIND = {"structural": 1, "abstract": 2, "auxiliary": 3}
UPDATE_NOW = "dn:\nchangetype: modify\nadd: schemaUpdateNow\nschemaUpdateNow: 1\n-"


def cn_of(name):
    """msExchUMDialPlanURIType -> ms-Exch-UM-Dial-Plan-URI-Type; a name with a '-' stays."""
    if "-" in name:
        return name
    s = re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", name)
    s = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1-\2", s)
    return s if s.startswith("ms-") else s[0].upper() + s[1:]


def guid_b64(what):
    return base64.b64encode(uuid.uuid5(NS, what).bytes_le).decode()


def auto_oid(kind, name):
    return "%s.%d.%d" % (PRIVATE_ARC, kind, zlib.crc32(name.lower().encode()) & 0x7FFFFFFF)


class Row:
    def __init__(self, path, n, words):
        self.where, self.words = "%s:%d" % (path, n), words
        self.kind, self.name = words[0], words[1]
        self.fixed = {"A": 4, "C": 4, "X": 2, "G": 2, "P": 2}.get(self.kind) or self.bad("row kind not known")
        self.opt = {}
        for w in words[self.fixed:]:
            k, _, v = w.partition("=")
            self.opt[k] = v

    def bad(self, msg):
        sys.exit("%s: %s: %s" % (self.where, msg, " ".join(self.words)[:80]))

    def list(self, key):
        return [v for v in self.opt.get(key, "").split(",") if v]


def attribute(r, schema):
    if r.words[2] not in SYNTAX or r.words[3] not in ("S", "M"):
        r.bad("syntax or S|M not known")
    syn, om, omc = SYNTAX[r.words[2]]
    flags = (1 if "index" in r.opt or "anr" in r.opt else 0) | (4 if "anr" in r.opt else 0) | (16 if "copy" in r.opt else 0)
    cn = r.opt.get("cn") or cn_of(r.name)
    e = ["dn: CN=%s,%s" % (cn, schema), "changetype: add", "objectClass: top", "objectClass: attributeSchema",
         "lDAPDisplayName: " + r.name, "adminDisplayName: " + cn,
         "attributeID: " + (r.opt.get("oid") or auto_oid(1, r.name)), "attributeSyntax: " + syn, "oMSyntax: %d" % om,
         "isSingleValued: " + ("TRUE" if r.words[3] == "S" else "FALSE"), "searchFlags: %d" % flags,
         "schemaIDGUID:: " + guid_b64("attr:" + r.name)]
    if omc:
        e.append("oMObjectClass:: " + omc)
    if "gc" in r.opt:
        e.append("isMemberOfPartialAttributeSet: TRUE")
    if "range" in r.opt:
        lo, hi = r.opt["range"].split("..")
        e += (["rangeLower: " + lo] if lo else []) + (["rangeUpper: " + hi] if hi else [])
    if "link" in r.opt:
        e.append("linkID: %d" % (LINK_BASE + 2 * int(r.opt["link"])))
    if "backlink" in r.opt:                       # systemFlags 1: not replicated
        e += ["linkID: %d" % (LINK_BASE + 2 * int(r.opt["backlink"]) + 1), "systemFlags: 1"]
    if "pset" in r.opt:
        e.append("attributeSecurityGUID:: " + guid_b64("pset:" + r.opt["pset"]))
    return "\n".join(e)


def klass(r, schema, later):
    cn = cn_of(r.name)
    e = ["dn: CN=%s,%s" % (cn, schema), "changetype: add", "objectClass: top", "objectClass: classSchema",
         "lDAPDisplayName: " + r.name, "adminDisplayName: " + cn,
         "governsID: " + (r.opt.get("oid") or auto_oid(2, r.name)), "objectClassCategory: %d" % KIND[r.words[2]],
         "subClassOf: " + r.words[3], "rDNAttID: " + (r.opt.get("rdn") or "cn"), "schemaIDGUID:: " + guid_b64("class:" + r.name),
         "showInAdvancedViewOnly: TRUE", "defaultHidingValue: TRUE", "defaultObjectCategory: CN=%s,%s" % (cn, schema),
         "defaultSecurityDescriptor: D:(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;DA)(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;SY)(A;;RPLCLORC;;;AU)"]
    for key, attr in (("must", "mustContain"), ("may", "mayContain"), ("aux", "auxiliaryClass")):
        e += ["%s: %s" % (attr, v) for v in r.list(key)]
    for v in r.list("sup"):          # a parent that is a table class (itself, or a later one) is added last
        if v in later or v == r.name:
            later[r.name].append(v)
        else:
            e.append("possSuperiors: " + v)
    return "\n".join(e)


def modify(name, schema, adds):
    e = ["dn: CN=%s,%s" % (cn_of(name), schema), "changetype: modify"]
    for attr, vals in adds:
        if vals:
            e += ["add: " + attr] + ["%s: %s" % (attr, v) for v in vals] + ["-"]
    return "\n".join(e)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    schema = sys.argv[1]
    config = schema.split(",", 1)[1]
    rows, seen = [], {}
    for path in sys.argv[2:]:
        for n, line in enumerate(open(path), 1):
            words = line.split("#", 1)[0].split()
            if words:
                r = Row(path, n, words)
                rows.append(r)
                if r.kind in "AC":
                    if r.name.lower() in seen:
                        r.bad("already defined at " + seen[r.name.lower()])
                    seen[r.name.lower()] = r.where
    of = lambda k: [r for r in rows if r.kind == k]
    out = [attribute(r, schema) for r in of("A")] + [UPDATE_NOW]

    # Classes in waves: superior and auxiliary classes must be in the loaded schema first.
    todo = {r.name: r for r in of("C")}
    later = {n: [] for n in todo}
    tails = []
    while todo:
        wave = [r for r in todo.values() if r.words[3] not in todo and not any(a in todo for a in r.list("aux"))]
        if not wave:
            sys.exit("classes depend on each other in a circle: " + " ".join(todo))
        out += [klass(r, schema, later) for r in wave] + [UPDATE_NOW]
        for r in wave:
            tails.append((r.name, later[r.name]))
            del todo[r.name]
    out += [modify(n, schema, [("possSuperiors", v)]) for n, v in tails if v]
    out += [modify(r.name, schema, [("mayContain", r.list("may")), ("auxiliaryClass", r.list("aux")), ("possSuperiors", r.list("sup"))]) for r in of("X")]
    out += ["dn: CN=%s,%s\nchangetype: modify\nreplace: isMemberOfPartialAttributeSet\nisMemberOfPartialAttributeSet: TRUE\n-" % (cn_of(r.name), schema) for r in of("G")]
    out.append(UPDATE_NOW)
    out += ["\n".join(["dn: CN=%s,CN=Extended-Rights,%s" % (r.name, config), "changetype: add", "objectClass: top",
                       "objectClass: controlAccessRight", "displayName: " + r.name,
                       "rightsGuid: %s" % uuid.uuid5(NS, "pset:" + r.name), "validAccesses: 48"]) for r in of("P")]
    print("\n\n".join(out))
    sys.stderr.write("schema: %d attributes, %d classes, %d classes extended, %d property sets\n" % (len(of("A")), len(of("C")), len(of("X")), len(of("P"))))


main()
