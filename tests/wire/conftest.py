# SPDX-License-Identifier: Apache-2.0
"""The wire's own samples, and XML compared as what it says: names, attributes and texts in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from gumruk import texts, wire

SAMPLES = Path(__file__).parent / "samples"
_PARSER = etree.XMLParser(remove_comments=True, remove_pis=True)


@pytest.fixture(autouse=True)
def strict_texts() -> Iterator[None]:
    """A missing text or parameter is an error here."""
    texts.strict(True)
    yield
    texts.strict(True)


@pytest.fixture
def sample() -> Callable[[str], bytes]:
    """One of the wire's own samples by name."""
    return lambda name: (SAMPLES / name).read_bytes()


@pytest.fixture
def refused() -> Callable[..., list[tuple[str, str]]]:
    """Read a message that must be refused: codes and places; every finding is also said in every language."""

    def read(content: bytes, limits: wire.Limits = wire.LIMITS) -> list[tuple[str, str]]:
        with pytest.raises(wire.WireError) as caught:
            wire.read(content, limits=limits)
        for finding in caught.value.findings:
            for language in texts.LANGUAGES:
                for part in ("text", "mend"):
                    assert texts.say(language, f"finding.{finding.code}.{part}", **finding.params)
        return [(finding.code, finding.path) for finding in caught.value.findings]

    return read


def said(element: Any) -> tuple[Any, ...]:
    """What an element says: local name, attributes, text without white space around it, and its children."""
    name = etree.QName(element).localname
    return name, sorted(element.items()), (element.text or "").strip(), [said(child) for child in element]


@pytest.fixture
def what_it_says() -> Callable[[bytes], tuple[Any, ...]]:
    """The content of a message's envelope, to be compared with another's."""

    def read(content: bytes) -> tuple[Any, ...]:
        root = etree.fromstring(content, _PARSER)
        return said(next(e for e in root.iter("{*}MetaData")))

    return read
