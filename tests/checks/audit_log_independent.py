#!/usr/bin/env python3
"""An exported audit log, checked with nothing of ours: its own netstrings, its own Merkle tree (RFC 6962), its own Ed25519 (RFC 8032).

Why: an auditor should not have to believe the software about the software. tests/golden/audit/README.md describes the file; whoever can
follow it in 150 lines of another language has shown that the description is whole. The golden logs are judged here and by the unit tests
of plugin/audit, which must agree: `sound*.jsonl` has no fault, `broken_*.jsonl` has one.

    audit_log_independent.py                          the golden files, as all checks are run
    audit_log_independent.py LOG.jsonl KEY.pub...     any export: exit 0 whole, 1 not
"""
import hashlib
import json
import sys
from pathlib import Path

from common import main

HOME = "tests/golden/audit"

# --- Ed25519, verification only: RFC 8032, 5.1.7 and the curve of its section 6 ----------------------------------------------
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    result = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def x_of(y, sign):
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if y >= P or (x * x - square) % P != 0 or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point_of(data):
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % P)


def signature_holds(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = point_of(public), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = times(s, BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- The log ------------------------------------------------------------------------------------------------------------------
ENTRY = ("sequence", "id", "at", "actor", "roles", "verb", "object_kind", "object_id", "fields", "reason")


def canonical(*parts):
    return b"".join(b"%d:%s," % (len(data), data) for data in (str(part).encode() for part in parts))


def leaf(school, entry):
    return hashlib.sha256(b"\0" + canonical("shide-audit-1", school, *(entry[name] for name in ENTRY))).digest()


def root(leaves):
    """RFC 6962, 2.1, as it stands there."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:split]) + root(leaves[split:])).digest()


def key_in(text):
    lines = dict(line.split(" ", 1) for line in text.splitlines() if " " in line)
    return lines["id"], bytes.fromhex(lines["public"])


def faults_of(text, keys):
    try:
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        first, last = lines[0], lines[-1]
        if (first["kind"], first["format"]) != ("log", "shide-audit-1") or last["kind"] != "end":
            return ["the beginning or the end is missing"]
        school = first["school"]
        entries = [line for line in lines if line["kind"] == "entry"]
        heads = [line for line in lines if line["kind"] == "head"]
        if len(entries) + len(heads) + 2 != len(lines) or (last["entries"], last["heads"]) != (len(entries), len(heads)):
            return ["lines are missing or were added"]
        return faults_among(school, entries, heads, keys)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        return [f"not a log: {error!r}"]


def faults_among(school, entries, heads, keys):
    faults = [f"entry {number} is not there" for number, entry in enumerate(entries, 1) if entry["sequence"] != number]
    faults += [f"entry {entry['sequence']} holds what no hash covers" for entry in entries if set(entry) != {"kind", *ENTRY}]
    leaves = [leaf(school, entry) for entry in entries]
    for head in heads:
        signed = canonical("shide-audit-head-1", head["school"], head["size"], head["root"], head["at"], head["key"])
        if head["key"] not in keys or not signature_holds(keys[head["key"]], signed, bytes.fromhex(head["signature"])):
            faults.append(f"head {head['size']}: the signature is wrong")
        elif head["school"] != school or head["size"] > len(leaves) or root(leaves[:head["size"]]).hex() != head["root"]:
            faults.append(f"head {head['size']} does not agree with the log")
    if max((head["size"] for head in heads), default=0) < len(entries):
        faults.append("entries stand below no head")
    return faults


def look(tree):
    keys = dict(key_in(file.text) for file in tree.files(f"{HOME}/*.pub"))
    for file in tree.files(f"{HOME}/*.jsonl"):
        tree.looked_at()
        faults = faults_of(file.text, keys)
        name = file.path.rsplit("/", 1)[1]
        if name.startswith("sound") and faults:
            tree.fault(file, 1, "; ".join(faults))
        elif not name.startswith("sound") and not faults:
            tree.fault(file, 1, "nothing wrong was found")


if len(sys.argv) > 2:
    found = faults_of(Path(sys.argv[1]).read_text(encoding="utf-8"), dict(key_in(Path(path).read_text(encoding="utf-8")) for path in sys.argv[2:]))
    print("\n".join(found) or "whole")
    sys.exit(1 if found else 0)

# RFC 8032, 7.1, TEST 1 is the key; the log of the self-test holds one entry.
SOUND_LOG = """{"kind":"log","format":"shide-audit-1","school":"01770000-0000-7000-8000-000000000001"}
{"kind":"entry","sequence":1,"id":"01770000-0000-7000-8000-00000000e001","at":1611491400000000,"actor":"01770000-0000-7000-8000-00000000a001","roles":"teacher homeroom_teacher","verb":"read_record","object_kind":"visit_records","object_id":"01770000-0000-7000-8000-00000000b001","fields":"all","reason":""}
{"kind":"head","school":"01770000-0000-7000-8000-000000000001","size":1,"root":"fdc7551f740a36ef053df389c3a4cfccd516fdaeedea35b85c344be213f5b2ab","at":1611491460000000,"key":"test","signature":"1e6196bddcaf75c154eb50dc6dd408f9f3843d018ddf5a766a7ac885cdcb56a62cce0012776c1a0ee0beaf87a96ff94ed2d65b5d44d5d300f84e328bad9ac902"}
{"kind":"end","entries":1,"heads":1}
"""
SOUND = {f"{HOME}/test.pub": "shide-audit-key 1\nid test\nuntil 2022-08-31\npublic d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\n",
         f"{HOME}/sound.jsonl": SOUND_LOG}
main(look, HOME,
     sound=SOUND,
     planted={"an edit": {f"{HOME}/sound.jsonl": SOUND_LOG.replace('"read_record"', '"sign_in"')},
              "a missing entry": {f"{HOME}/sound.jsonl": "\n".join(line for line in SOUND_LOG.split("\n") if '"entry"' not in line)},
              "another time of signing": {f"{HOME}/sound.jsonl": SOUND_LOG.replace('"at":1611491460000000', '"at":1611491460000001')},
              "a line cut off": {f"{HOME}/sound.jsonl": SOUND_LOG.rstrip().rsplit("\n", 1)[0]},
              "a broken log that is none": {f"{HOME}/broken_not.jsonl": SOUND_LOG}})
