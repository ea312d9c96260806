# SPDX-License-Identifier: Apache-2.0
"""Tables of cases: a block of text, a line a case, its cells parted by `|`, its three parts by `||`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from gumruk.packs.cases.model import Cell
from gumruk.packs.cases.yaml_nodes import line_of, refuse, shown

#: The words of a case or an item by their names.
Line = dict[str, Cell]
GROUPS = ("facts", "expected", "because")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table: facts and expectations by column (empty cells are not there), and the working."""

    line: int
    head_line: int
    facts: Mapping[str, Cell]
    expected: Mapping[str, Cell]
    because: Cell | None


def rows_of(node: yaml.Node, file: str) -> Iterator[TableRow]:
    """The rows of a table: `facts || expected || because`; the first line names the columns of the first two parts.

    Raises CaseFault for a row whose parts or cells are not as many as the head's.
    """
    if not isinstance(node, yaml.ScalarNode) or node.style != "|":
        raise refuse(file, line_of(node), "rows", found=shown(node))
    lines = [
        (number, text)
        for number, text in enumerate(str(node.value).splitlines(), start=line_of(node) + 1)
        if text.strip() and not text.lstrip().startswith("#")
    ]
    if len(lines) < 2:
        raise refuse(file, line_of(node), "rows", found="")
    head_line, head = lines[0]
    columns = _groups(head, head_line, file)
    for number, text in lines[1:]:
        groups = _groups(text, number, file)
        if len(groups) != len(columns):
            raise refuse(file, number, "cells", found=str(len(groups)), expected=str(len(columns)), unit="||")
        named: list[Mapping[str, Cell]] = []
        for names, cells in zip(columns[:2], groups[:2], strict=True):
            if len(cells) != len(names):
                raise refuse(file, number, "cells", found=str(len(cells)), expected=str(len(names)), unit="|")
            named.append({name: Cell(cell, number) for name, cell in zip(names, cells, strict=True) if cell})
        because = " | ".join(groups[2]) if len(groups) > 2 else ""
        yield TableRow(number, head_line, named[0], named[1], Cell(because, number) if because else None)


def _groups(text: str, line: int, file: str) -> list[list[str]]:
    groups = [[cell.strip() for cell in part.split("|")] for part in text.split("||")]
    if not 2 <= len(groups) <= len(GROUPS):
        raise refuse(file, line, "cells", found=str(len(groups)), expected="2", unit="||")
    return groups
