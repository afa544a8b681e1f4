#!/usr/bin/python3
"""usage: directory.py [--batch] DC_DIR OPERATIONS.json

Carries out a list of operations on the database of one lab domain controller, as the system, whether it runs or not.
Operations: see directory-operations.ts. --batch makes loading many entries cheap, but cannot change the schema.
"""
import base64, json, re, sys, time
import ldb
from samba.auth import system_session
from samba.dcerpc import dnsp, misc, security
from samba.ndr import ndr_pack, ndr_unpack
from samba.param import LoadParm
from samba.samdb import SamDB
from samba.sd_utils import SDUtils

RELAX = "relax:0"       # lets an addition name its objectSid, so that both labs have the same SIDs


def open_sam(dc_dir, batch=False):
    """batch: no nested index transaction for each operation, without which the cost of an addition grows with the number of entries."""
    lp = LoadParm()
    lp.load(dc_dir + "/etc/smb.conf")
    lp.set("dsdb:schema update allowed", "yes")
    return SamDB(dc_dir + "/private/sam.ldb", session_info=system_session(lp), lp=lp, options=["batch_mode:1"] if batch else None)


def load(sam, text):
    n, in_transaction = 0, False
    for change, message in sam.parse_ldif(text):
        if str(message.dn) == "" and "schemaUpdateNow" in message:
            if in_transaction:          # within one transaction the new schema is not seen
                sam.transaction_commit()
                in_transaction = False
            sam.set_schema_update_now()
            continue
        if not in_transaction:
            sam.transaction_start()
            in_transaction = True
        try:
            if change == ldb.CHANGETYPE_MODIFY:
                sam.modify(message)
            else:
                sam.add(message, [RELAX] if "objectSid" in message else [])
        except ldb.LdbError as e:
            sam.transaction_cancel()
            sys.exit("%s: %s" % (message.dn, e.args[1]))
        n += 1
    if in_transaction:
        sam.transaction_commit()
    return n


def delete(sam, dn):
    sam.delete(dn, ["tree_delete:1"])
    # what is deleted keeps its objectSid, which could then not be given again
    for base in (str(sam.domain_dn()), str(sam.get_config_basedn())):
        sam.garbage_collect_tombstones([base], int(time.time()) + 86400, 0)


def set_attribute(sam, dn, name, values):
    message = ldb.Message()
    message.dn = ldb.Dn(sam, dn)
    raw = [base64.b64decode(v["base64"]) if "base64" in v else v["text"].encode() for v in values]
    message[name] = ldb.MessageElement(raw, ldb.FLAG_MOD_REPLACE, name)
    sam.modify(message)


def key_of(ace):
    """The bytes of an entry: the library itself takes two equal entries for different ones."""
    return ndr_pack(ace)


class Rights:
    def __init__(self, sam):
        self.sam, self.utils, self.known = sam, SDUtils(sam), {}

    def guid(self, match):
        kind, name = match.group(1), match.group(2)
        if match.group(0) not in self.known:
            if kind == "pset":
                dn = "CN=%s,CN=Extended-Rights,%s" % (name, self.sam.get_config_basedn())
                value = str(self.sam.search(dn, ldb.SCOPE_BASE, attrs=["rightsGuid"])[0]["rightsGuid"])
            else:
                r = self.sam.search(str(self.sam.get_schema_basedn()), ldb.SCOPE_ONELEVEL, "(lDAPDisplayName=%s)" % name, ["schemaIDGUID"])
                value = str(ndr_unpack(misc.GUID, r[0]["schemaIDGUID"][0]))
            self.known[match.group(0)] = value
        return self.known[match.group(0)]

    def aces(self, texts):
        text = "".join(re.sub(r"\{(attr|class|pset):([^}]+)\}", self.guid, t) for t in texts)
        return security.descriptor.from_sddl("D:" + text, self.utils.domain_sid).dacl.aces if text else []

    def change(self, dn, remove, add, block):
        sd = self.utils.read_sd_on_dn(dn, controls=["sd_flags:1:%d" % security.SECINFO_DACL])
        gone = self.aces(remove)
        new = sorted(self.aces(add), key=lambda a: a.type not in (security.SEC_ACE_TYPE_ACCESS_DENIED, security.SEC_ACE_TYPE_ACCESS_DENIED_OBJECT))
        # what is inherited is worked out again when the descriptor is written
        dropped = {key_of(a) for a in gone + new}
        keep = [a for a in sd.dacl.aces if not a.flags & security.SEC_ACE_FLAG_INHERITED_ACE and key_of(a) not in dropped]
        acl = security.acl()
        acl.revision = security.SECURITY_ACL_REVISION_ADS
        acl.aces = new + keep
        acl.num_aces = len(new) + len(keep)
        sd.dacl = acl
        if block:
            sd.type |= security.SEC_DESC_DACL_PROTECTED
        else:
            sd.type &= ~security.SEC_DESC_DACL_PROTECTED
        self.utils.modify_sd_on_dn(dn, sd, controls=["sd_flags:1:%d" % security.SECINFO_DACL])


def dns_record(kind, words):
    record = dnsp.DnssrvRpcRecord()
    record.wType, record.dwTtlSeconds, record.rank = getattr(dnsp, "DNS_TYPE_" + kind), 900, dnsp.DNS_RANK_ZONE
    if kind == "SRV":
        record.data = dnsp.srv()
        record.data.nameTarget, record.data.wPort, record.data.wPriority, record.data.wWeight = [words[0]] + [int(w) for w in words[1:4]]
    elif kind == "TXT":
        record.data = dnsp.string_list()
        record.data.count, record.data.str = len(words), words
    else:
        record.data = words[0]
    return record


def dns(sam, zone, name, kind, data):
    """Replaces the records of one type at one name; the others at that name stay."""
    records = [dns_record(kind, words) for words in data]
    number = getattr(dnsp, "DNS_TYPE_" + kind)
    partition = "ForestDnsZones" if zone.startswith("_msdcs.") else "DomainDnsZones"
    label = "@" if name == zone else name[: -len(zone) - 1]
    dn = ldb.Dn(sam, "DC=%s,DC=%s,CN=MicrosoftDNS,DC=%s,%s" % (label, zone, partition, sam.domain_dn()))
    try:
        sam.search(dn, ldb.SCOPE_BASE, attrs=["dnsRecord"])
    except ldb.LdbError:
        if records:
            sam.add({"dn": dn, "objectClass": ["top", "dnsNode"], "dnsRecord": [ndr_pack(r) for r in records]})
        return
    # a tombstone is handed on: Samba drops it where there are records, and only then brings the name back to life
    kept = [r for r in sam.dns_extract(sam.search(dn, ldb.SCOPE_BASE, attrs=["dnsRecord"])[0].get("dnsRecord", [])) if r.wType != number]
    sam.dns_replace_by_dn(dn, kept + records)


def main():
    args = [a for a in sys.argv[1:] if a != "--batch"]
    if len(args) != 2:
        sys.exit(__doc__)
    sam = open_sam(args[0], batch="--batch" in sys.argv)
    rights, count, start = Rights(sam), 0, time.time()
    operations = json.load(open(args[1]))
    in_transaction = False
    for o in operations:
        single = o["op"] in ("ldif", "delete")
        if in_transaction and single:
            sam.transaction_commit()
            in_transaction = False
        if not in_transaction and not single:
            sam.transaction_start()     # one: what a container hands down is worked out at the commit
            in_transaction = True
        try:
            if o["op"] == "ldif":
                count += load(sam, o["text"])
                continue
            if o["op"] == "delete":
                delete(sam, o["dn"])
            elif o["op"] == "set":
                set_attribute(sam, o["dn"], o["name"], o["values"])
            elif o["op"] == "aces":
                rights.change(o["dn"], o["remove"], o["add"], o["blocksInheritance"])
            elif o["op"] == "dns":
                dns(sam, o["zone"], o["name"], o["type"], o["data"])
            else:
                sys.exit("operation not known: " + o["op"])
        except (ldb.LdbError, KeyError, RuntimeError) as e:
            sys.exit("%s %s: %s" % (o["op"], o.get("dn") or o.get("name"), e))
        count += 1
    if in_transaction:
        sam.transaction_commit()
    print("%d changes, %.1f s" % (count, time.time() - start))


if __name__ == "__main__":
    main()
