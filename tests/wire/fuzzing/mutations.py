# SPDX-License-Identifier: Apache-2.0
"""Messages made wrong in every way that strangers make them wrong: in their bytes, their structure, their values.

Everything follows from the random source that is handed in: the same seed makes the same message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from random import Random

from tests.wire.fuzzing.values import VALUES

BYTES_MAX = 400_000

_BYTES: tuple[bytes, ...] = (
    b"\x00",
    b"\xff",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xf4\x90\x80\x80",
    b"\x1b[2J",
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"&#xD800;",
    b"&#x110000;",
    b"&lol;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<?php ?>",
    b"<?xml version='1.1'?>",
    b"</",
    b"/>",
    b'"',
    b"'",
    b"\\u0000",
    b"\\ud800",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"+",
    b"?",
    b"*",
    b"\r",
    b"\n",
    b"UNA:+.? '",
    b"UNB+UNOC:3+",
    b"UNZ+1+1'",
    b"PK\x03\x04",
    b"%PDF",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"=1+1",
    b"NaN",
    b"-" * 400,
    b"[" * 400,
    b'{"a":' * 200,
    b"<a>" * 200,
    b"1" * 5_000,
)

_ENCODINGS: tuple[tuple[str, str], ...] = (
    ("windows-1251", "utf-8"),
    ("utf-8", "cp1251"),
    ("koi8-r", "cp1251"),
    ("iso-8859-5", "utf-8"),
    ("utf-16", "utf-8"),
    ("utf-8", "utf-16"),
    ("utf-8", "utf-16-be"),
    ("utf-8", "utf-32"),
    ("utf-7", "utf-8"),
    ("ebcdic-cp-us", "cp500"),
    ("us-ascii", "utf-8"),
    ("x-none", "utf-8"),
    ("utf-8", "utf-8-sig"),
    ("utf-8", "koi8_r"),
    ("gb2312", "gb18030"),
)

_NAMESPACES: tuple[bytes, ...] = (
    b"urn:wco:datamodel:WCO:DEC-DMS:2",
    b"urn:wco:datamodel:WCO:DocumentMetaData-DMS:2",
    b"urn:wco:datamodel:WCO:RES-DMS:2",
    b"urn:wco:datamodel:WCO:Declaration_DS:DMS:2",
    b"urn:customs.ru:Information:CustomsDocuments:ESADout_CU:5.22.0",
    b"",
    b"http://www.w3.org/1999/xhtml",
    b"http://www.w3.org/XML/1998/namespace",
    b"http://www.w3.org/2000/xmlns/",
    b"x",
)

_TAG = re.compile(rb"<(/?)([A-Za-z_][\w.:-]{0,80})([^<>]{0,400})>")
_LEAF = re.compile(rb">([^<>]{0,4000})</")
_SPACE = re.compile(rb"(xmlns(?::[A-Za-z_][\w-]*)?\s*=\s*)([\"'])([^\"']{0,200})\2")
_SEGMENT = re.compile(rb"[^']*'\s*")
_ELEMENT = re.compile(rb"(?<=[+:])[^+:']*(?=[+:'])")

Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]


def mutated(content: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """A message with one to four things wrong; `others` are messages to take parts from."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        content = random.choice(MUTATIONS)(content, random, others)[:BYTES_MAX]
    return content


def bit_flipped(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Some bits turned over."""
    held = bytearray(content or b"x")
    for _bit in range(random.choice((1, 1, 2, 8, 64))):
        held[random.randrange(len(held))] ^= 1 << random.randrange(8)
    return bytes(held)


def part_cut(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """A part taken out, doubled, or everything behind it cut off."""
    start = random.randrange(len(content) + 1)
    end = min(len(content), start + random.choice((1, 4, 40, 400, 4_000)))
    return random.choice(
        (content[:start] + content[end:], content[:end] + content[start:], content[:start], content[start:])
    )


def bytes_inserted(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Bytes that mean something, somewhere."""
    place = random.randrange(len(content) + 1)
    return content[:place] + random.choice(_BYTES) * random.choice((1, 1, 1, 3)) + content[place:]


def spliced(content: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """The head of one message and the tail of another."""
    other = random.choice(others) if others else content
    return content[: random.randrange(len(content) + 1)] + other[random.randrange(len(other) + 1) :]


def encoded_falsely(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """One encoding declared, another one used."""
    declared, used = random.choice(_ENCODINGS)
    text = content.decode("utf-8", "replace")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
    if text.lstrip().startswith("<") and random.random() < 0.9:
        text = f'<?xml version="1.0" encoding="{declared}"?>{text}'
    return text.encode(used, "replace")


def namespaces_swapped(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """One namespace in another's place."""
    found = list(_SPACE.finditer(content))
    if not found:
        return content.replace(b"xmlns", b"xmlms")
    one = random.choice(found)
    other = random.choice((*_NAMESPACES, *(each[3] for each in found)))
    return content[: one.start(3)] + other + content[one.end(3) :]


def tags_changed(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """A tag renamed, doubled, removed, or moved elsewhere; in EDIFACT a segment."""
    pattern = _TAG if content.lstrip()[:1] == b"<" else _SEGMENT
    found = list(pattern.finditer(content))
    if not found:
        return content
    one, other = random.choice(found), random.choice(found)
    without = content[: one.start()] + content[one.end() :]
    place = random.randrange(len(without) + 1)
    return random.choice(
        (
            content[: one.end()] + one[0] + content[one.end() :],
            without,
            without[:place] + one[0] + without[place:],
            content[: one.start()] + other[0] + content[one.end() :],
            content[: one.start()] + one[0].upper() + content[one.end() :],
            content[: one.start()] + one[0] * random.choice((20, 300)) + content[one.end() :],
        )
    )


def part_repeated(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """An element with all that it holds, many times over; in EDIFACT a run of segments."""
    if content.lstrip()[:1] == b"<":
        opened = [tag for tag in _TAG.finditer(content) if not tag[1] and not tag[3].endswith(b"/")]
        if not opened:
            return content
        one = random.choice(opened)
        end = content.find(b"</" + one[2] + b">", one.end())
        if end < 0:
            return content
        end += len(one[2]) + 3
        part = content[one.start() : end]
        return content[:end] + part * random.choice((1, 2, 30, min(1_000, 60_000 // len(part) + 1))) + content[end:]
    found = list(_SEGMENT.finditer(content))
    if len(found) < 3:
        return content
    start = random.randrange(len(found) - 1)
    last = found[min(len(found) - 1, start + random.randrange(1, 8))]
    part = content[found[start].start() : last.end()]
    return content[: last.end()] + part * random.choice((1, 5, 60)) + content[last.end() :]


def nested(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """An element wrapped many times in its own kind."""
    tags = [tag for tag in _TAG.finditer(content) if not tag[1] and not tag[3].endswith(b"/")]
    if not tags:
        return content
    one, depth = random.choice(tags), random.choice((1, 5, 40, 400))
    return content[: one.start()] + one[0] * depth + content[one.end() :]


def attributes_added(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Attributes nobody asked for: odd, doubled, very many, very long."""
    tags = [tag for tag in _TAG.finditer(content) if not tag[1]]
    if not tags:
        return content
    one = random.choice(tags)
    added = random.choice(
        (
            b' currencyID="XXX"',
            b' unitCode="\xd0\x9a\xd0\x93\xd0\x9c"',
            b' formatCode="999"',
            b' a="1" a="2"',
            b" b:c='d'",
            b' xsi:nil="true"',
            b' xml:lang="tg"',
            b' xmlns="x"',
            b' xmlns:b="urn:b"',
            b' currencyID=""',
            b"".join(b' a%d=""' % number for number in range(random.choice((5, 40, 900)))),
            b' a="' + b"x" * 9_000 + b'"',
        )
    )
    place = one.end(2)
    return content[:place] + added + content[place:]


def value_changed(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """A value replaced by one that does not belong there."""
    if content.lstrip()[:1] in (b"{", b"["):
        return _json_changed(content, random)
    value = random.choice(VALUES)
    pattern = _LEAF if content.lstrip()[:1] == b"<" else _ELEMENT
    found = list(pattern.finditer(content))
    if not found:
        return content
    if pattern is _LEAF:
        value = value.replace("&", "&amp;").replace("<", "&lt;") if random.random() < 0.8 else value
    one, group = random.choice(found), 1 if pattern is _LEAF else 0
    return content[: one.start(group)] + value.encode("utf-8", "replace") + content[one.end(group) :]


def _json_changed(content: bytes, random: Random) -> bytes:
    """Our JSON with a value, a key or a whole branch changed."""
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        return content + b"}"
    holders = [held for held in _holders(tree) if held]
    if not holders:
        return b"{}"
    held = random.choice(holders)
    key = random.choice(list(held)) if isinstance(held, dict) else random.randrange(len(held))
    new = random.choice(
        (
            random.choice(VALUES),
            random.choice(VALUES),
            12,
            1.5,
            10**30,
            -1,
            True,
            None,
            [],
            {},
            [None],
            {"a": [{}]},
            "\ud800",
        )
    )
    change = random.randrange(5)
    if change == 0:
        del held[key]
    elif change == 1 and isinstance(held, dict):
        held[random.choice(VALUES)] = held[key]
    elif change == 2 and isinstance(held, list):
        held.extend([held[key]] * random.choice((1, 50, 1_100)))
    else:
        held[key] = new
    return json.dumps(tree, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")


def _holders(tree: object) -> list[dict[str, object] | list[object]]:
    """Every object and list of a tree."""
    if isinstance(tree, dict):
        return [tree, *(held for value in tree.values() for held in _holders(value))]
    if isinstance(tree, list):
        return [tree, *(held for value in tree for held in _holders(value))]
    return []


MUTATIONS: tuple[Mutation, ...] = (
    bit_flipped,
    part_cut,
    bytes_inserted,
    spliced,
    encoded_falsely,
    namespaces_swapped,
    tags_changed,
    part_repeated,
    nested,
    attributes_added,
    value_changed,
    value_changed,
    value_changed,
    value_changed,
)
