# SPDX-License-Identifier: Apache-2.0
"""Characters to segments and back, with any dividing characters; and what an envelope may get wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.wire.edifact.interchange import read_interchange, service_characters
from gumruk.wire.edifact.syntax import CANONICAL, DEFAULT, Segment, ServiceCharacters, read_unit, split, written
from gumruk.wire.errors import WireError
from gumruk.wire.safety import LIMITS

_TEXTS = st.text(st.sampled_from("aZ09 .,-:+?*'|~^\n\rҷ"), max_size=8)
_ELEMENTS = st.lists(st.lists(st.lists(_TEXTS, max_size=3).map(tuple), min_size=1, max_size=2).map(tuple), max_size=4)
_TAGS = st.from_regex(r"[A-Z]{3}", fullmatch=True)
_SIGNS = st.permutations(":+?'*|~^").map(lambda signs: ServiceCharacters(signs[0], signs[1], ".", *signs[2:5]))


@given(st.lists(st.tuples(_TAGS, _ELEMENTS), min_size=1, max_size=5), _SIGNS)
def test_it_reads_what_it_wrote_with_any_dividing_characters(segments, characters):
    text = "".join(written(Segment(tag, tuple(parts)), characters) + characters.terminator for tag, parts in segments)
    once = split(text, 0, characters, LIMITS)
    again = "".join(f"{written(one, characters)}{characters.terminator}\r\n" for one in once)
    assert [(one.tag, one.elements) for one in split(again, 0, characters, LIMITS)] == [
        (one.tag, one.elements) for one in once
    ]
    assert [written(one) for one in read_unit("'".join(written(one) for one in once))] == [written(one) for one in once]


def test_it_knows_release_repetition_and_empty_ends():
    text = "NAD+CN++O?'NEIL ?? CO?:X:::++'"
    (party,) = split(text, 0, DEFAULT, LIMITS)
    assert party.elements == ((("CN",),), ((),), (("O'NEIL ? CO:X",),))
    (repeated,) = split("ABC+1:2*3*?*'", 0, CANONICAL, LIMITS)
    assert repeated.elements == ((("1", "2"), ("3",), ("*",)),)
    assert written(repeated) == "ABC+1:2*3*?*"


@pytest.mark.parametrize(
    ("text", "expected", "start"),
    [
        ("UNA:+.? 'UNB", ServiceCharacters(), 9),
        ("UNA:+,? '", ServiceCharacters(decimal=","), 9),
        ("\r\nUNA|~,^*#UNB", ServiceCharacters("|", "~", ",", "^", "*", "#"), 11),
        ("UNA:+.  'UNB", ServiceCharacters(release=""), 9),
        ("UNB+UNOC:3+", ServiceCharacters(), 0),
        ("UNB+UNOB+", ServiceCharacters(), 0),
        ("UNB+UNOW:4+", ServiceCharacters(repetition="*"), 0),
    ],
)
def test_it_finds_the_service_characters(text, expected, start):
    assert service_characters(text) == (expected, start)


@pytest.mark.parametrize("string", ["UNA++.? '", "UNAa+.? '", "UNA:+.?'?", "UNA:+.+ '", "UNA: .? '"])
def test_it_refuses_service_characters_that_cannot_divide(string):
    with pytest.raises(WireError, match="EDI-06"):
        service_characters(string)


def envelope(*body: str, trailer: str = "UNT+{count}+1'", end: str = "UNZ+1+R'") -> bytes:
    """An interchange of one message with these segments; its trailers can be bent."""
    count = len(body) + 2
    segments = ["UNB+UNOC:3+A+B+261125:0930+R'", "UNH+1+CUSDEC:D:24A:UN'", *body, trailer.format(count=count), end]
    return "\n".join(segments).encode()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (envelope("BGM+929'", trailer="UNT+4+1'"), [("EDI-03", "UNT[4].1", "4")]),
        (envelope("BGM+929'", trailer="UNT+x+1'"), [("EDI-03", "UNT[4].1", "4")]),
        (envelope("BGM+929'", trailer="UNT+{count}+2'"), [("EDI-04", "UNT[4].2", "4")]),
        (envelope("BGM+929'", end="UNZ+2+R'"), [("EDI-03", "UNZ[5].1", "5")]),
        (envelope("BGM+929'", end="UNZ+1+Q'"), [("EDI-04", "UNZ[5].2", "5")]),
        (
            envelope("BGM+929'", end="UNZ+2+Q'", trailer="UNT+9+7'"),
            [
                ("EDI-03", "UNT[4].1", "4"),
                ("EDI-04", "UNT[4].2", "4"),
                ("EDI-03", "UNZ[5].1", "5"),
                ("EDI-04", "UNZ[5].2", "5"),
            ],
        ),
        (envelope("BGM+929'", end=""), [("EDI-08", "UNT[4]", "4")]),
        (envelope("BGM+929'", trailer="UNZ+0+R'", end=""), [("EDI-08", "UNZ[4]", "4")]),
        (envelope("BGM+929'", end="UNZ+1+R'BGM+1'"), [("EDI-05", "BGM[6]", "6")]),
        (envelope("bgm+929'"), [("EDI-01", "?[3]", "3")]),
        (envelope("BGM+929'''"), []),
        (b"UNB+UNOC:3+A+B+1+R'BGM+1'UNZ+0+R'", [("EDI-05", "BGM[2]", "2")]),
        (b"UNB+UNOC:3+A+B+1+R'UNT+1+1'UNE+1+1'UNZ+0+R'", [("EDI-05", "UNT[2]", "2"), ("EDI-05", "UNE[3]", "3")]),
        (b"UNB+UNOC:3+A+B+1+R'UNG+CUSDEC+A+B+1+7'UNZ+1+R'", [("EDI-08", "UNZ[3]", "3")]),
        (b"UNA:+.? 'UNH+1'", [("EDI-02", "UNH[1]", "1")]),
        (b"UNB+UNOC:3+A+B+1+R'UNZ+0", [("WIRE-08", "", None)]),
        (b"UNB+UNOC:3+A+B+1+R?'UNZ+0+R?", [("WIRE-08", "", None)]),
        (b"UNB+UNOC:3+\x00+B+1+R'UNZ+0+R'", [("WIRE-22", "", None)]),
        (b"UNB" + b"+X" * 300 + b"'UNZ+0'", [("EDI-07", "UNB[1]", "1")]),
        (b"UNB+UNOC:3+" + b"A" * 5000 + b"+B+1+R'UNZ+0+R'", [("WIRE-32", "UNB[1].2.1", "1")]),
    ],
)
def test_it_names_each_wrong_segment_by_its_number(content, found):
    if not found:
        assert len(read_interchange(content, LIMITS).messages) == 1
        return
    with pytest.raises(WireError) as caught:
        read_interchange(content, LIMITS)
    assert [(one.code, one.path, one.params.get("segment")) for one in caught.value.findings] == found


def test_it_says_line_and_character_of_a_wrong_count():
    with pytest.raises(WireError) as caught:
        read_interchange(envelope("BGM+929'", trailer="UNT+313+1'"), LIMITS)
    (finding,) = caught.value.findings
    assert dict(finding.params) == {
        "segment": "4",
        "tag": "UNT",
        "line": "4",
        "position": "63",
        "stated": "313",
        "counted": "3",
    }


def test_it_reads_groups_and_a_header_without_a_version():
    content = b"UNB+UNOB+A+B+1+R'UNG+CUSDEC+A+B+1+7'UNH+1+CUSDEC:D:24A:UN'UNT+2+1'UNE+1+7'UNZ+1+R'"
    (message,) = read_interchange(content, LIMITS).messages
    assert (message.type, message.directory, message.group.get(4)) == ("CUSDEC", "D:24A", "7")
