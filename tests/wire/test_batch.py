# SPDX-License-Identifier: Apache-2.0
"""A folder or a zip of messages: each on its own, and nothing that an archive can do to whoever opens it."""

from __future__ import annotations

import io
import os
import stat
import time
import tracemalloc
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from gumruk import texts, wire
from gumruk.wire import batch
from gumruk.wire.archive import ArchiveLimits
from gumruk.wire.errors import WireError

MESSAGE = b"<Declaration><ID>26TJ0000000000001</ID></Declaration>"


def packed(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # two members of one name are what some tests are about
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


def outcome(source: Path | bytes, **limits: object) -> dict[str, bytes | list[str]]:
    """Each message's name with its bytes or the codes of its error; every finding is also said in every language."""
    found: dict[str, bytes | list[str]] = {}
    for name, content in batch.messages(source, **limits):
        assert name not in found
        found[name] = [said(error) for error in content.findings] if isinstance(content, WireError) else content
    return found


def said(finding: object) -> str:
    """A finding's code, after its words were said in every language."""
    for language in texts.LANGUAGES:
        for part in ("text", "mend"):
            assert texts.say(language, f"finding.{finding.code}.{part}", **finding.params)
    return finding.code


def refused_whole(source: Path | bytes, **limits: object) -> str:
    """The code that a whole batch is refused with at its first step."""
    with pytest.raises(WireError) as caught:
        next(batch.messages(source, **limits))
    return said(caught.value.findings[0])


def test_it_steps_through_a_folder_in_the_order_of_the_names(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "b" / "2.xml").write_bytes(MESSAGE)
    (tmp_path / "a.xml").write_bytes(b"")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    assert list(outcome(tmp_path).items()) == [("a.xml", b""), ("b/2.xml", MESSAGE)]
    assert batch.is_batch(tmp_path)
    assert not batch.is_batch(tmp_path / "a.xml")


def test_it_steps_through_a_zip_in_a_file_and_in_bytes(tmp_path):
    content = packed(
        [("x/", b""), ("x/1.xml", MESSAGE), ("2.json", b"{}"), ("__MACOSX/._1.xml", b"x"), ("./3.xml", b"")]
    )
    (tmp_path / "messages.zip").write_bytes(content)
    expected = {"x/1.xml": MESSAGE, "2.json": b"{}", "3.xml": b""}
    assert outcome(content) == outcome(tmp_path / "messages.zip") == expected
    assert batch.is_batch(tmp_path / "messages.zip")


def test_one_bad_message_stops_no_other(tmp_path):
    content = packed(
        [("1.xml", MESSAGE), ("inner.zip", packed([("x", b"x")])), ("big.xml", b"1234567890" * 30), ("2.xml", MESSAGE)]
    )
    assert outcome(content, limits=wire.Limits(bytes_max=200)) == {
        "1.xml": MESSAGE,
        "inner.zip": ["BATCH-06"],
        "big.xml": ["WIRE-02"],
        "2.xml": MESSAGE,
    }
    for name, held in (("1.xml", MESSAGE), ("inner.zip", packed([("x", b"x")])), ("2.xml", MESSAGE)):
        (tmp_path / name).write_bytes(held)
    with (tmp_path / "big.xml").open("wb") as huge:
        huge.truncate(5_000_000_000)
    (tmp_path / "link.xml").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.xml")
    assert outcome(tmp_path) == {
        "1.xml": MESSAGE,
        "2.xml": MESSAGE,
        "big.xml": ["WIRE-02"],
        "inner.zip": ["BATCH-06"],
        "link.xml": ["BATCH-04"],
        "pipe.xml": ["BATCH-04"],
    }


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\x.xml", "a/../../x.xml", "..\\x.xml", "x.xml:stream", "a\nb.xml"]
)
def test_it_hands_on_no_name_that_leads_elsewhere(name):
    content = packed([(name, MESSAGE), ("good.xml", MESSAGE)])
    assert outcome(content) == {"member 1": ["BATCH-04"], "good.xml": MESSAGE}


def test_it_follows_no_link_in_a_zip():
    link = zipfile.ZipInfo("link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert outcome(packed([(link, b"/etc/passwd")])) == {"link.xml": ["BATCH-04"]}


def test_it_refuses_a_password():
    content = bytearray(packed([("secret.xml", MESSAGE), ("open.xml", MESSAGE)]))
    for place in (content.find(b"PK\x03\x04") + 6, content.find(b"PK\x01\x02") + 8):
        content[place] |= 1
    assert outcome(bytes(content)) == {"secret.xml": ["BATCH-05"], "open.xml": MESSAGE}


def test_it_tells_two_messages_of_one_name():
    content = packed([("a.xml", MESSAGE), ("A.xml", b"other")])
    assert outcome(content) == {"a.xml": MESSAGE, "A.xml": ["BATCH-09"]}


def test_it_refuses_an_unusual_way_of_packing_and_a_damaged_member():
    content = packed([("lzma.xml", MESSAGE)], zipfile.ZIP_LZMA)
    assert outcome(content) == {"lzma.xml": ["BATCH-08"]}
    damaged = bytearray(packed([("a.xml", MESSAGE), ("b.xml", MESSAGE)], zipfile.ZIP_STORED))
    damaged[damaged.find(MESSAGE) + 5] ^= 1
    assert outcome(bytes(damaged)) == {"a.xml": ["BATCH-08"], "b.xml": MESSAGE}


def test_it_unpacks_no_bomb():
    content = packed([("bomb.xml", b" " * 9_000_000), ("good.xml", MESSAGE)])
    tracemalloc.start()
    begun = time.perf_counter()
    assert outcome(content) == {"bomb.xml": ["BATCH-07"], "good.xml": MESSAGE}
    assert time.perf_counter() - begun < 5
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_it_believes_no_stated_size():
    content = bytearray(packed([("liar.xml", b" " * 900_000)]))
    for place in (content.find(b"PK\x03\x04") + 22, content.find(b"PK\x01\x02") + 24):
        content[place : place + 4] = (100).to_bytes(4, "little")
    assert outcome(bytes(content)) == {"liar.xml": ["BATCH-08"]}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06", b"<Declaration/>", packed([("a", b"b")])[:-30]])
def test_it_refuses_what_is_no_zip(content, tmp_path):
    (tmp_path / "x.zip").write_bytes(content)
    assert refused_whole(content) == refused_whole(tmp_path / "x.zip") == "BATCH-01"


def test_it_refuses_a_spreadsheet_as_one():
    assert (
        refused_whole(packed([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")])) == "WIRE-03"
    )


def test_it_counts_members_and_bytes_before_it_reads(tmp_path):
    content = packed([(f"{number}.xml", MESSAGE) for number in range(6)])
    assert refused_whole(content, archive_limits=ArchiveLimits(members_max=5)) == "BATCH-02"
    assert refused_whole(content, archive_limits=ArchiveLimits(directory_bytes_max=100)) == "BATCH-02"
    assert refused_whole(content, archive_limits=ArchiveLimits(total_bytes_max=300)) == "BATCH-03"
    assert refused_whole(content, archive_limits=ArchiveLimits(archive_bytes_max=300)) == "BATCH-03"
    for number in range(6):
        (tmp_path / f"{number}.xml").write_bytes(MESSAGE)
    found = batch.messages(tmp_path, archive_limits=ArchiveLimits(members_max=5))
    with pytest.raises(WireError, match="BATCH-02"):
        list(found)


def test_it_reads_two_thousand_messages_one_at_a_time():
    message = MESSAGE + b" " * 200_000
    content = packed([(f"{number:04}.xml", message) for number in range(2_000)])
    tracemalloc.start()
    count = sum(wire.read(held).declaration.id is not None for _, held in batch.messages(content))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2_000
    assert peak < 20_000_000  # the messages are 400 MB in all
