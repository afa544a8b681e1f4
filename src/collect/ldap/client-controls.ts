import { BerWriter, Control } from "ldapts";

const octetString = 0x04;

/** A control whose value is one SEQUENCE of one INTEGER. */
class IntegerControl extends Control {
  readonly #value: number;

  constructor(type: string, value: number) {
    super(type, { critical: true }); // a server that ignored it would give a different answer in silence
    this.#value = value;
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(this.#value);
    value.endSequence();
    writer.writeBuffer(value.buffer, octetString);
  }
}

/** LDAP_SERVER_SD_FLAGS_OID ([MS-ADTS] 3.1.1.3.4.1.11): owner 1, group 2 and DACL 4, without the SACL that only privileged accounts may read. */
class SdFlagsControl extends IntegerControl {
  constructor() {
    super("1.2.840.113556.1.4.801", 7);
  }
}

/** LDAP_SERVER_EXTENDED_DN_OID ([MS-ADTS] 3.1.1.3.4.1.5) with flag 1: GUID and SID as text inside each DN. */
class ExtendedDnControl extends IntegerControl {
  constructor() {
    super("1.2.840.113556.1.4.529", 1);
  }
}

/** The controls that a search asks for beside paging. */
export function extraControls(request: { readonly sdFlags?: boolean; readonly extendedDn?: boolean }): Control[] {
  return [...(request.sdFlags === true ? [new SdFlagsControl()] : []), ...(request.extendedDn === true ? [new ExtendedDnControl()] : [])];
}
