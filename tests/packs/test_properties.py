# SPDX-License-Identifier: Apache-2.0
"""Whatever stands in the files, the answer is faults and never an exception."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumruk import packs

CELLS = st.one_of(
    st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=12),
    st.sampled_from(
        ["", "TJS", "22", "10%", "10% min", "1e5", "9" * 40, "2027-01-01", "training", "half_up:2", "[]", "="]
    ),
)
TOML_VALUES = st.one_of(
    st.text(st.characters(codec="ascii", min_codepoint=32), max_size=12).map(json.dumps),
    st.sampled_from(
        ["1.5", "nan", "-inf", "7", "true", "2027-01-01", "2027-01-01T10:00:00Z", "08:00:00", "[]", "[[1]]", "{a = 1}"]
    ),
)
ONE_FOLDER = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ONE_FOLDER
@given(
    cells=st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=4),
    table=st.sampled_from(["tariff", "excise", "fees"]),
)
def test_it_never_raises_for_what_stands_in_a_csv(small: Path, cells: list[list[str]], table: str) -> None:
    header = "code,duty,valid_from,valid_to,act,status"
    lines = [header, *(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells)]
    (small / f"{table}.csv").write_text("\n".join(lines), encoding="utf-8")
    for fault in packs.check(small):
        assert fault.what("en") and fault.mend("tg")


@ONE_FOLDER
@given(
    column=st.sampled_from(["key", "value", "type", "valid_from", "valid_to", "act", "status"]),
    value=TOML_VALUES,
    kind=st.sampled_from(["decimal", "integer", "text", "list", "boolean", "duty", "value"]),
)
def test_it_never_raises_for_what_stands_in_toml(small: Path, column: str, value: str, kind: str) -> None:
    cells = {
        "key": '"a.b"',
        "value": '"1"',
        "type": f'"{kind}"',
        "act": '"LAW-1"',
        "status": '"unverified"',
        column: value,
    }
    row = "\n[[values]]\n" + "\n".join(f"{name} = {cell}" for name, cell in cells.items())
    path = small / "values.toml"
    whole = path.read_text(encoding="utf-8").partition('\n[[values]]\nkey = "a.b"')[0].partition("#end")[0]
    path.write_text(f"{whole}#end{row}\n", encoding="utf-8")
    for fault in packs.check(small):
        assert fault.what("ru")


@ONE_FOLDER
@given(
    name=st.sampled_from(["pack.toml", "acts.toml"]),
    column=st.sampled_from(
        [
            "country",
            "currency",
            "time_zone",
            "languages",
            "version",
            "title",
            "id",
            "date",
            "source",
            "status",
            "confirmed_by",
            "text_sha256",
        ]
    ),
    value=TOML_VALUES,
)
def test_it_never_raises_for_what_a_pack_says_of_itself(small: Path, name: str, column: str, value: str) -> None:
    head = "[[act]]\n" if name == "acts.toml" else ""
    (small / name).write_text(f"{head}{column} = {value}\n", encoding="utf-8")
    assert packs.check(small)


@ONE_FOLDER
@given(content=st.binary(max_size=300), name=st.sampled_from(["pack.toml", "values.toml", "tariff.csv", "labels.csv"]))
def test_it_never_raises_for_any_bytes(small: Path, content: bytes, name: str) -> None:
    (small / name).write_bytes(content)
    assert packs.check(small)
