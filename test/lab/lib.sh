# Shared by the lab scripts; sourced, not run.
# shellcheck shell=bash
set -euo pipefail
umask 022
exec 3>&2                                          # where times are told, whatever 2 is by then
LAB_SRC=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

ADMIN_PASS='Lab-Passw0rd!'                         # as in the deployment
RESOLVER=127.0.30.53                               # inside view: DNS for all lab zones
SERVICES='ldap, cldap, kdc, dns, rpc, s3fs, winbindd'

say()  { printf '%s\n' "$*" >&2; }
die()  { say "error: $*"; exit 1; }
# one line a forest: name realm netbios host address schema-table SID certificate root
forests() { cat "$LAB/export/forests"; }
dn_of() { local d=${1//./,DC=}; printf 'DC=%s' "$d"; }

# timed LABEL COMMAND...: run it, note its seconds in $LAB/times.txt
timed() {
	local label=$1 t0 rc=0; shift
	t0=$(date +%s.%N)
	"$@" || rc=$?
	printf '%-32s %7.2f s\n' "$label" "$(echo "$(date +%s.%N) $t0" | awk '{print $1-$2}')" | tee -a "$LAB/times.txt" >&3
	return $rc
}

# spawn NAME COMMAND...: start a daemon in the background, leader of a process group of its own,
# and note its pid in $LAB/run/NAME.pid
spawn() {
	local name=$1; shift
	mkdir -p "$LAB/run" "$LAB/log"
	setsid "$@" >"$LAB/log/$name.log" 2>&1 </dev/null 3>&- &
	echo $! >"$LAB/run/$name.pid"
}

alive() { [ -f "$LAB/run/$1.pid" ] && kill -0 "$(cat "$LAB/run/$1.pid")" 2>/dev/null; }

# stop NAME: end the process of $LAB/run/NAME.pid and its children, by pid. One that nobody has reaped yet has ended, too
stop() {
	local f=$LAB/run/$1.pid pid i
	[ -f "$f" ] || return 0
	pid=$(cat "$f"); rm -f "$f"
	[ -d "/proc/$pid" ] || return 0
	# spawn made it the leader of a process group of its own (setsid): signals go to that group only.
	# kamailio keeps nothing, and takes seconds over an orderly end
	[ "$1" != sip ] || kill -KILL -- "-$pid" 2>/dev/null || true
	kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || true
	for i in $(seq 1 50); do pgrep -g "$pid" -r D,R,S,T >/dev/null || return 0; sleep 0.1; done
	kill -KILL -- "-$pid" 2>/dev/null || true
}

# wait_for SECONDS COMMAND...: poll until it succeeds
wait_for() {
	local end=$((SECONDS + $1)); shift
	until "$@" >/dev/null 2>&1; do [ $SECONDS -lt $end ] || return 1; sleep 0.1; done
}

# smb_conf NAME REALM NETBIOS HOST ADDR SCHEMA SID CERTIFICATE ROOT: write one DC's smb.conf. It alone holds absolute paths, so writing it
# anew is all that a state restored to another directory needs.
smb_conf() {
	local dc=$LAB/$1
	mkdir -p "$dc"/{etc,lock,pid,cache,ncalrpc,run,state}
	mkdir -p -m 750 "$dc/ntp_signd"
	sed -e "s|@REALM_UC@|${2^^}|g; s|@REALM@|$2|g; s|@NETBIOS@|$3|g; s|@HOST_UC@|${4^^}|g; s|@HOST@|$4|g; s|@ADDR@|$5|g" \
	    -e "s|@DC@|$dc|g; s|@PKI@|$LAB/pki|g; s|@DC_CERT@|$8|g; s|@DC_CA@|$9|g; s|@RESOLVER@|$RESOLVER|g" \
	    -e "s|@SERVICES@|$SERVICES|g; s|@STRONG@|${LAB_STRONG_AUTH:-no}|g; s|@LOGLEVEL@|${LAB_LOG_LEVEL:-1}|g" "$LAB_SRC/smb.conf.in" >"$dc/etc/smb.conf"
}

# start_dc ROW...: start one DC; wait_dc ROW...: until it answers LDAP and DNS
start_dc() {
	smb_conf "$@"
	IN_DC=$1 spawn "$1" "$LAB_SRC/in-lab" "$LAB" samba --foreground --no-process-group --debug-stdout -M prefork -s "$LAB/$1/etc/smb.conf"
}
wait_dc() {
	wait_for 60 ldapsearch -x -H "ldap://$5" -b '' -s base dnsHostName || { tail -5 "$LAB/log/$1.log" >&2; die "$1 does not answer LDAP"; }
	wait_for 60 dig +time=1 +tries=1 "@$5" "_ldap._tcp.dc._msdcs.$2" SRV || die "$1 does not answer DNS"
}

# inside: one server for each lab zone and no other. Names outside the lab are refused, nothing is asked of anybody else
start_resolver() {
	local realm addr _ args=()
	while read -r _ realm _ _ addr _; do
		args+=("--server=/$realm/$addr" "--server=/$(reverse_of "$addr")/$addr")
	done < <(forests)
	spawn resolver dnsmasq --keep-in-foreground --conf-file=/dev/null --no-hosts --no-resolv --user=root --pid-file= \
		--listen-address="$RESOLVER" --bind-interfaces --cache-size=0 "${args[@]}"
}
reverse_of() { local IFS=.; set -- $1; printf '%s.%s.%s.in-addr.arpa' "$3" "$2" "$1"; }

# dnsmasq is authoritative only at an address that an interface really has
start_outside() {
	local addr; addr=$(sed -n 's/^listen-address=//p' "$LAB/dns/outside.conf")
	ip address replace "$addr/32" dev lo
	spawn outside dnsmasq --keep-in-foreground --conf-file="$LAB/dns/outside.conf"
}

start_sip() {
	# the lab also serves weak keys and digests, which Debian's settings refuse to load
	printf 'openssl_conf = c\n[c]\nssl_conf = s\n[s]\nsystem_default = d\n[d]\nMinProtocol = TLSv1\nCipherString = DEFAULT:@SECLEVEL=0\n' >"$LAB/sip/openssl.cnf"
	OPENSSL_CONF=$LAB/sip/openssl.cnf spawn sip kamailio -f "$LAB/sip/kamailio.cfg" -DD -E -m 64 -M 8 -Y "$LAB/sip" -w "$LAB/sip"
	local first; first=$(sed -n 's/^listen=[a-z]*:\(.*\):\([0-9]*\)$/\1\/\2/p' "$LAB/sip/kamailio.cfg" | tail -1)
	wait_for 20 timeout 2 bash -c "</dev/tcp/$first" || { tail -5 "$LAB/log/sip.log" >&2; die "the SIP server does not listen"; }
}
