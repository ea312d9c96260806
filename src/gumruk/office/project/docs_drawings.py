# SPDX-License-Identifier: Apache-2.0
"""The drawings of `docs/architecture.md`: the house, from the import contracts; the way of one declaration."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

#: What the wings between office and law are for.
MIDDLE = (
    ("packs", "law from files"),
    ("wire", "messages in and out"),
    ("search", "words to codes"),
    ("lake", "all of history"),
    ("texts", "what is said"),
    ("world", "data all share"),
    ("countries", "data of one"),
)
#: The stations of one declaration: what happens, in two lines, and where it is written.
WAY = (
    ("1  Message", "Bytes of a stranger become the", "model, or are refused whole", "wire"),
    ("2  Checks", "Every rule looks, all findings", "come at once", "law/declarations"),
    ("3  Law", "Each kind of law is read on", "its own legal day", "law/lawbook"),
    ("4  Assessment", "Value, duty, excise, VAT, fee:", "one line an item and charge", "law/assessment"),
    ("5  Stored", "File, version, charges, events:", "one transaction", "office/declarations"),
    ("6  Money", "Reserved from the payer's", "advance account", "office/payments"),
    ("7  Officer", "Sees why, decides beside what", "was declared, releases", "office/declarations"),
    ("8  Treasury", "Debited at release, shared out", "by budget code; release note", "office/payments"),
    ("9  Auditor", "Proves that nothing was", "changed afterwards", "law/audit, office/audit"),
)
STYLE = """<style>
.ground{fill:#fbf9f5} .box{fill:none;stroke:#8d8677;stroke-width:1.2}
.has{fill:#1f4e8c} .not{fill:none;stroke:#8d8677;stroke-dasharray:3 3}
text{font:13px system-ui,"Segoe UI",sans-serif;fill:#1d2430} .on{fill:#fff} .soft{fill:#6a6558}
.head{font-size:16px;font-weight:600} .where{font:12px ui-monospace,monospace;fill:#1f4e8c}
.way{stroke:#c8641f;stroke-width:2;fill:none} .tip{fill:#c8641f}
@media (prefers-color-scheme:dark){
.ground{fill:#16191f} .box{stroke:#6b7079} .has{fill:#7fb0ef} .not{stroke:#6b7079} text{fill:#e8e4dc}
.on{fill:#10131a} .soft{fill:#a19c91} .where{fill:#7fb0ef} .way{stroke:#e8935a} .tip{fill:#e8935a}
}
</style>"""
ROW, CHIP = 30, 22


def drawings(root: Path) -> dict[str, str]:
    """Both drawings by their path in the checkout."""
    return {"docs/images/house.svg": house(root), "docs/images/way.svg": way()}


def house(root: Path) -> str:
    """Wings side by side, their areas from top to bottom as the import contracts have them; what is built is filled."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = {contract["id"]: _rows(contract["layers"]) for contract in contracts if "layers" in contract}
    source = root / "src" / "gumruk"
    office, law = layers["office-order"], layers["law-order"]
    law = _beside(law, office)
    height = 110 + ROW * max(len(office), len(law))
    body = [
        *_wing(20, 430, height, "office", "people at work: Django, PostgreSQL", office, source / "office"),
        *_wing(690, 430, height, "law", "what the law says: standard library only", law, source / "law"),
        *_middle(source, height),
        *_arrow((450, 62), (480, 62)),
        *_arrow((660, 62), (690, 62)),
        *_text(20, height + 18, "Imports go to the right, and down within a wing; never back.", "soft"),
        *_text(690, height + 18, "Filled: built. Dashed: has its place, not built yet.", "soft"),
    ]
    return _svg(1140, height + 34, "The house: wings and areas", body)


def _rows(layers: Sequence[str]) -> list[list[str]]:
    return [[name.strip(" ()") for name in layer.split("|")] for layer in layers]


def _beside(rows: list[list[str]], others: list[list[str]]) -> list[list[str]]:
    """The rows moved down so that an area stands beside its namesake in the other wing."""
    moved: list[list[str]] = []
    for row in rows:
        moved += [[]] * max(0, (others.index(row) if row in others else 0) - len(moved))
        moved.append(row)
    return moved


def _wing(
    left: int, width: int, height: int, name: str, what: str, rows: list[list[str]], folder: Path
) -> Iterator[str]:
    yield f'<rect class="box" x="{left}" y="20" width="{width}" height="{height - 30}" rx="6"/>'
    yield from _text(left + 16, 46, name, "head")
    yield from _text(left + 16, 66, what, "soft")
    for number, row in enumerate(rows):
        x, y = left + 16, 80 + ROW * number
        for area in row:
            yield from _chip(x, y, area, built=(folder / area).is_dir())
            x += _width(area) + 8


def _middle(source: Path, height: int) -> Iterator[str]:
    yield f'<rect class="box" x="480" y="20" width="180" height="{height - 30}" rx="6"/>'
    yield from _text(496, 46, "between", "head")
    for number, (name, what) in enumerate(MIDDLE):
        y = 80 + 56 * number
        yield from _chip(496, y, name, built=(source / name).is_dir())
        yield from _text(496, y + CHIP + 16, what, "soft")


def way() -> str:
    """The way of one declaration, station by station, in three rows."""
    body: list[str] = []
    for number, (title, first, second, where) in enumerate(WAY):
        row, place = divmod(number, 3)
        x, y = 20 + place * 300, 20 + row * 150
        body.append(f'<rect class="box" x="{x}" y="{y}" width="260" height="116" rx="6"/>')
        body += [
            *_text(x + 16, y + 28, title, "head"),
            *_text(x + 16, y + 52, first),
            *_text(x + 16, y + 71, second),
            *_text(x + 16, y + 100, where, "where"),
        ]
        if place < 2:
            body += _arrow((x + 260, y + 58), (x + 300, y + 58))
        elif row < 2:
            body.append(f'<path class="way" d="M{x + 130} {y + 116}v17H150v10"/>')
            body.append(f'<path class="tip" d="M150 {y + 150}l-5 -9h10z"/>')
    return _svg(900, 456, "The way of one declaration, from message to treasury", body)


def _chip(x: int, y: int, name: str, *, built: bool) -> Iterator[str]:
    kind = "has" if built else "not"
    yield f'<rect class="{kind}" x="{x}" y="{y}" width="{_width(name)}" height="{CHIP}" rx="4"/>'
    yield from _text(x + 9, y + 15, name, "on" if built else "soft")


def _width(name: str) -> int:
    return 18 + round(7.3 * len(name))


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> Iterator[str]:
    yield f'<path class="way" d="M{start[0]} {start[1]}H{end[0] - 7}"/>'
    yield f'<path class="tip" d="M{end[0]} {end[1]}l-9 -5v10z"/>'


def _text(x: int, y: int, words: str, kind: str = "") -> Iterator[str]:
    of = f' class="{kind}"' if kind else ""
    yield f'<text x="{x}" y="{y}"{of}>{escape(words)}</text>'


def _svg(width: int, height: int, title: str, body: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-label="{escape(title)}">'
    )
    note = "<!-- SPDX-License-Identifier: Apache-2.0; made by `gumruk docs` from docs_drawings.py -->"
    ground = f'<rect class="ground" width="{width}" height="{height}"/>'
    return "\n".join([head, note, f"<title>{escape(title)}</title>", STYLE, ground, *body, "</svg>"]) + "\n"
