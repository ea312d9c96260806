# SPDX-License-Identifier: Apache-2.0
"""The generated pages and the texts are up to date and whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gumruk import texts, wire

ROOT = Path(__file__).resolve().parents[2]
CODES = sorted(
    {
        code
        for path in (ROOT / "src" / "gumruk" / "wire").rglob("*.py")
        for code in re.findall(r"WIRE-\d\d", path.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("path", sorted(wire.documents()))
def test_the_generated_page_is_up_to_date(path):
    assert (ROOT / path).read_text(encoding="utf-8") == wire.documents()[path]


def test_the_schema_knows_every_key_of_a_message():
    schema = json.loads(wire.documents()["docs/schema/declaration.schema.json"])

    def check(value: object, definition: dict) -> None:
        if "$ref" in definition:
            definition = schema["$defs"][definition["$ref"].rpartition("/")[2]]
        if definition["type"] == "object":
            assert isinstance(value, dict)
            for key, held in value.items():
                check(held, definition["properties"][key])
        elif definition["type"] == "array":
            for part in value:
                check(part, definition["items"])
        elif definition["type"] == "integer":
            assert isinstance(value, int)
        else:
            assert isinstance(value, str)
            assert re.search(definition.get("pattern", ""), value)

    content = (ROOT / "src/gumruk/demonstration/preregistered.json").read_bytes()
    check(json.loads(content), {"$ref": schema["$ref"]})


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_finding_has_its_words(code, language):
    for part in ("text", "mend"):
        english = texts.find("en", f"finding.{code}.{part}")
        other = texts.find(language, f"finding.{code}.{part}")
        assert english and other
        assert texts.placeholders(english) == texts.placeholders(other)
