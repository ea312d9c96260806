# SPDX-License-Identifier: Apache-2.0
"""The look is kept in one place, readable, and nothing foreign or inline slips into a page."""

from __future__ import annotations

import gzip
import re
import struct
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client

from gumruk.office import ui

UI = Path(ui.__file__).parent
STATIC = UI / "static" / "ui"
TEMPLATES = [path for path in UI.parent.rglob("templates/**/*") if path.suffix in {".html", ".svg"} and path.is_file()]
STYLES = ("theme.css", "frame.css", "parts.css", "file.css", "form.css", "find.css", "tree.css", "print.css")


def colours(block: str) -> dict[str, str]:
    """The colour variables of one block of the theme."""
    return dict(re.findall(r"(--g-[\w-]+):\s*(#[0-9a-f]{6});", block))


def themes() -> dict[str, dict[str, str]]:
    """Light, dark by choice, dark by system."""
    css = (STATIC / "theme.css").read_text()
    light = css[css.index(':root, [data-bs-theme="light"] {') :]
    dark = css[css.index('[data-bs-theme="dark"] {') :]
    system = css[css.index("@media (prefers-color-scheme: dark)") :]
    blocks = {"light": light, "dark": dark, "system": system}
    return {name: colours(text[: text.index("}")]) for name, text in blocks.items()}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_it_has_the_same_dark_by_choice_and_by_system() -> None:
    assert themes()["dark"] == themes()["system"] != {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_read_in_every_pair_of_colours(theme: str) -> None:
    got = themes()[theme]
    grounds = ("ground", "sheet", "sunken")
    pairs = [(ink, ground) for ink in ("ink", "ink-soft", "lapis", "bad", "good", "care") for ground in grounds]
    pairs += [("ink", f"{tone}-tint") for tone in ("good", "care", "bad", "apricot", "lapis")]
    pairs += [("ink-soft", "bad-tint"), ("bad", "bad-tint"), ("lapis-deep", "lapis-tint"), ("apricot-ink", "ground")]
    pairs += [("on-lapis", "lapis"), ("on-lapis", "lapis-deep"), ("hatch-ink", "hatch-a"), ("hatch-ink", "hatch-b")]
    faint = {
        (one, other): round(contrast(got[f"--g-{one}"], got[f"--g-{other}"]), 2)
        for one, other in pairs
        if contrast(got[f"--g-{one}"], got[f"--g-{other}"]) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize("name", [name for name in STYLES if name not in {"theme.css", "print.css"}])
def test_it_has_its_colours_in_one_file(name: str) -> None:
    css = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?!\s*\{)", css) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_has_no_inline_script_or_style(path: Path) -> None:
    page = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", page)


def test_it_draws_every_part_that_a_template_names() -> None:
    css = "".join((STATIC / name).read_text() for name in STYLES)
    known = set(re.findall(r"\.(g-[a-z0-9-]+)", css))
    missing = set()
    for path in TEMPLATES:
        for names in re.findall(r'class="([^"]*)"', path.read_text()):
            plain = re.sub(r"\{[{%].*?[}%]\}", " ", names)
            missing |= {name for name in plain.split() if name.startswith("g-") and not name.endswith("-")} - known
    assert missing == set()


def test_it_keeps_the_files_of_others_as_they_came() -> None:
    sums = (STATIC / "vendor" / "SHA256SUMS").read_text().splitlines()
    assert len(sums) >= 8
    for line in sums:
        digest, name = line.split()
        assert sha256((UI / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("name", ["tabler.min.css", "htmx.min.js"])
def test_it_has_the_same_in_the_packed_file(name: str) -> None:
    packed = (STATIC / "vendor" / f"{name}.gz").read_bytes()
    assert gzip.decompress(packed) == (STATIC / "vendor" / name).read_bytes()


def test_it_hands_out_the_packed_file() -> None:
    answer = Client(headers={"accept-encoding": "gzip"}).get("/static/ui/vendor/tabler.min.css")
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert int(answer.headers["Content-Length"]) < 100_000
    answer.close()


@pytest.mark.parametrize("name", ["IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf"])
def test_it_has_every_tajik_letter_and_figures_of_one_width(name: str) -> None:
    font = (ui.FONTS / name).read_bytes()
    letters = characters(font)
    assert set("ғӣқӯҳҷҒӢҚӮҲҶёЁ№—«»…") <= {chr(code) for code in letters}
    assert len({advance(font, letters[ord(figure)]) for figure in "0123456789"}) == 1


def table(font: bytes, tag: bytes) -> int:
    """Where a table of the font begins."""
    for place in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16):
        if font[place : place + 4] == tag:
            return int(struct.unpack(">I", font[place + 8 : place + 12])[0])
    raise LookupError(tag)


def characters(font: bytes) -> dict[int, int]:
    """Characters of the font with their glyphs, from its map of format 4."""
    cmap = table(font, b"cmap")
    for entry in range(cmap + 4, cmap + 4 + 8 * struct.unpack(">H", font[cmap + 2 : cmap + 4])[0], 8):
        start = cmap + struct.unpack(">I", font[entry + 4 : entry + 8])[0]
        if struct.unpack(">H", font[start : start + 2])[0] == 4:
            break
    count = struct.unpack(">H", font[start + 6 : start + 8])[0] // 2
    columns = [
        struct.unpack(f">{count}H", font[start + at : start + at + 2 * count])
        for at in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)
    ]
    found = {}
    for segment, (last, first, delta, offset) in enumerate(zip(*columns, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                at = start + 16 + 6 * count + 2 * segment + offset + 2 * (code - first)
                glyph = struct.unpack(">H", font[at : at + 2])[0]
            if glyph:
                found[code] = (glyph + delta) % 65536
    return found


def advance(font: bytes, glyph: int) -> int:
    """How wide a glyph is."""
    place = table(font, b"hmtx") + 4 * glyph
    return int(struct.unpack(">H", font[place : place + 2])[0])
