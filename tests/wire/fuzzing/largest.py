# SPDX-License-Identifier: Apache-2.0
"""Messages as large as may be, each so in one way: what a hand with bad intent would send first."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.wire.fuzzing.reading import MEGABYTES_MAX, SECONDS_MAX, checked

_WCO = b'<Declaration xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">%s</Declaration>'
_SHIPMENT = _WCO % b"<GoodsShipment>%s</GoodsShipment>"
_WCO_ITEM = b"<GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric>%s</GovernmentAgencyGoodsItem>"
_WCO_DOCUMENT = b"<AdditionalDocument><ID>1</ID></AdditionalDocument>"
_SAD_DOCUMENT = b"<Attached_documents><Attached_document_code>380</Attached_document_code></Attached_documents>"
_SAD_FORM = b"<Property><Sad_flow>I</Sad_flow></Property>"
_SAD_TAX = b"<Taxation_line><Duty_tax_code>V</Duty_tax_code><Duty_tax_Base>1</Duty_tax_Base></Taxation_line>"
_EAEU_DOCUMENT = b"<ESADout_CUPresentedDocument><PrDocumentNumber>1</PrDocumentNumber></ESADout_CUPresentedDocument>"
_EAEU = b"<ESADout_CU><ESADout_CUGoodsShipment>%s</ESADout_CUGoodsShipment></ESADout_CU>"
_EAEU_ITEM = _EAEU % b"<ESADout_CUGoods>%s</ESADout_CUGoods>"
_EDI = b"UNB+UNOC:3+A+B+261125:1200+1'UNH+1+CUSDEC:D:96B:UN'BGM+929+1+9'%sUNT+4+1'UNZ+1+1'"


def _list(key: bytes, parts: Iterator[bytes] | list[bytes]) -> bytes:
    return b'{"%s":[%s]}' % (key, b",".join(parts))


def _of_item(key: bytes, parts: Iterator[bytes]) -> bytes:
    return b'{"goods_shipment":{"items":[%s]}}' % _list(key, parts)


LARGEST: Mapping[str, Callable[[], bytes]] = {
    "elements without a name": lambda: _WCO % (b"<X>y</X>" * 240_000),
    "elements with nothing in them": lambda: _WCO % (b"<X/>" * 480_000),
    "one text": lambda: _WCO % (b"<ID>%s</ID>" % (b"x" * 9_900_000)),
    "white space": lambda: _WCO % (b" " * 9_900_000),
    "attributes of one element": lambda: b"<Declaration %s/>" % b" ".join(b'a%d=""' % n for n in range(900_000)),
    "attributes of all elements": lambda: _WCO % ((b"<X %s/>" % b" ".join(b'a%d=""' % n for n in range(30))) * 30_000),
    "namespaces": lambda: _WCO % b"".join(b'<p%d:X xmlns:p%d="u%d"/>' % (n, n, n) for n in range(200_000)),
    "depth": lambda: _WCO % (b"<a>" * 200_000),
    "documents of the whole": lambda: _WCO % (_WCO_DOCUMENT * 80_000),
    "documents of 999 items": lambda: _SHIPMENT % ((_WCO_ITEM % (_WCO_DOCUMENT * 110)) * 999),
    "items": lambda: _SHIPMENT % ((_WCO_ITEM % b"") * 100_000),
    "ASYCUDA, unknown elements": lambda: b"<ASYCUDA>%s</ASYCUDA>" % (b"<X>y</X>" * 240_000),
    "ASYCUDA, documents": lambda: b"<ASYCUDA><Item>%s</Item></ASYCUDA>" % (_SAD_DOCUMENT * 90_000),
    "ASYCUDA, tax lines": lambda: b"<ASYCUDA><Item><Taxation>%s</Taxation></Item></ASYCUDA>" % (_SAD_TAX * 80_000),
    "ASYCUDA, a form twice": lambda: (
        b"<ASYCUDA>%s</ASYCUDA>" % (b"<Property><Sad_flow>I</Sad_flow></Property>" * 110_000)
    ),
    "EAEU, documents": lambda: _EAEU_ITEM % (_EAEU_DOCUMENT * 90_000),
    "EAEU, unknown elements": lambda: b"<ESADout_CU>%s</ESADout_CU>" % (b"<Z>1</Z>" * 240_000),
    "EDIFACT, segments": lambda: _EDI % (b"FTX+AAA+++x'" * 240_000),
    "EDIFACT, documents": lambda: _EDI % (b"UNS+D'CST+1+1234'" + b"DOC+380+1'" * 90_000 + b"UNS+S'"),
    "EDIFACT, empty segments": lambda: _EDI % (b"'" * 2_000_000),
    "EDIFACT, elements": lambda: _EDI % (b"FTX%s'" % (b"+" * 9_000_000)),
    "EDIFACT, components": lambda: _EDI % (b"FTX+%s'" % (b":" * 9_000_000)),
    "EDIFACT, release signs": lambda: _EDI % (b"FTX+%s'" % (b"?" * 9_000_000)),
    "EDIFACT, no end": lambda: b"UNB+UNOC:3+A+B" + b"x" * 9_000_000,
    "JSON, objects": lambda: _list(b"additional_documents", [b'{"id":"1"}'] * 240_000),
    "JSON, numbers": lambda: b'{"additional_documents":[%s1]}' % (b"1," * 4_000_000),
    "JSON, unknown keys": lambda: b"{%s}" % b",".join(b'"k%d":""' % n for n in range(700_000)),
    "JSON, one key many times": lambda: b"{%s}" % b",".join([b'"id":""'] * 1_200_000),
    "JSON, kept pieces": lambda: _list(
        b"extensions", [b'{"format":"wco","name":"A","content":"x","position":0}'] * 150_000
    ),
    "JSON, a long number": lambda: b'{"goods_item_quantity":%s}' % (b"9" * 9_000_000),
    "JSON, answers": lambda: _list(b"additional_informations", [b'{"statement_type_code":"ZAN"}'] * 200_000),
    "JSON, procedures": lambda: _of_item(
        b"government_procedures", (b'{"current_code":"%d"}' % n for n in range(240_000))
    ),
}


def measured(name: str) -> str:
    """What the largest message of this kind took to be read and checked by all rules, in words, in this process."""
    checked(b"<Declaration/>")  # what is loaded once is not the message's
    content = LARGEST[name]()
    started = time.process_time()
    outcome = ", ".join(sorted(set(checked(content)))) or "read"
    seconds = time.process_time() - started
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) // 1_000 for line in status.splitlines() if line.startswith("VmHWM"))
    over = "  TOO MUCH" if seconds > SECONDS_MAX or peak > MEGABYTES_MAX else ""
    return f"{len(content) / 1e6:5.1f} MB  {seconds:5.2f} s  {peak:4d} MB held  {outcome}{over}"


def main() -> int:
    """Measure each in a process of its own; 1 where one takes more than is promised."""
    too_much = 0
    for name in LARGEST:
        command = [sys.executable, "-m", "tests.wire.fuzzing.largest", name]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        said = done.stdout.strip() or f"FAILED {done.stderr.strip()[-200:]}"
        too_much += done.returncode != 0 or "TOO MUCH" in said
        print(f"  {name:30} {said}", flush=True)
    promise = f"{SECONDS_MAX:.0f} s or {MEGABYTES_MAX} MB"
    print(f"messages as large as may be: {len(LARGEST)}, of them above {promise}: {too_much}")
    return 1 if too_much else 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(measured(sys.argv[1]))
