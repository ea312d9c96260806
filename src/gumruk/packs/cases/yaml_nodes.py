# SPDX-License-Identifier: Apache-2.0
"""YAML with the line of every word, and no meaning of its own: a number stays as it was written."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from gumruk.packs.cases.model import Cell
from gumruk.packs.cells import nearest
from gumruk.packs.faults import Fault

#: Where the words of mistakes in files of cases stand.
WORDS = "case.fault"


class CaseFault(Exception):
    """A case cannot be read; `fault` says where, why, and how it is mended."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def refuse(file: str, line: int, code: str, **params: str) -> CaseFault:
    """The error for a mistake on a line of a file of cases; the code's words stand under `case.fault.<code>`."""
    return CaseFault(Fault(file, line, code, {**params, "found": params.get("found", "")[:120]}, WORDS))


def composed(text: str, file: str) -> yaml.Node:
    """The file's one document. Raises CaseFault: no YAML, empty, references (`*name`), nested too deep."""
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise refuse(file, line, "reference", found=event.anchor or "*")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise refuse(file, line, "yaml", reason=str(error.problem or error.context)) from None
    except yaml.YAMLError as error:
        raise refuse(file, 1, "yaml", reason=str(error).splitlines()[0]) from None
    except RecursionError:
        raise refuse(file, 1, "yaml", reason="nested too deep") from None
    if node is None:
        raise refuse(file, 1, "none")
    return node


def line_of(node: yaml.Node) -> int:
    """The line on which a node begins."""
    return node.start_mark.line + 1


class Mapped:
    """A mapping of the file: its keys in order, each with its line; what is unknown or twice is refused at once."""

    def __init__(self, node: yaml.Node, file: str, known: tuple[str, ...] | None, what: str) -> None:
        self.file, self.line, self.what = file, line_of(node), what
        if not isinstance(node, yaml.MappingNode):
            raise refuse(file, self.line, "shape", found=shown(node), field=what)
        self.nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if known is not None and name not in known:
                near = nearest(name, known)
                raise refuse(file, line_of(key), "key", found=name, known=", ".join(known), nearest=near, field=what)
            if name in self.nodes:
                raise refuse(file, line_of(key), "twice", found=name)
            self.nodes[name] = value

    def __contains__(self, name: str) -> bool:
        return name in self.nodes

    def node(self, name: str) -> yaml.Node:
        """What stands under a key. Raises CaseFault where it is missing."""
        if name not in self.nodes:
            raise refuse(self.file, self.line, "missing", field=name, of=self.what)
        return self.nodes[name]

    def cell(self, name: str) -> Cell | None:
        """A word or number as it was written; None where the key is missing or empty."""
        node = self.nodes.get(name)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            raise refuse(self.file, line_of(node), "shape", found=shown(node), field=name)
        return Cell(node.value.strip(), line_of(node)) if node.value.strip() else None

    def cells(self, name: str) -> tuple[Cell, ...]:
        """A list of words; one word alone, or several with blanks between them, is a list too."""
        node = self.nodes.get(name)
        if node is None:
            return ()
        if isinstance(node, yaml.ScalarNode):
            return tuple(Cell(word, line_of(node)) for word in node.value.split())
        return tuple(scalars(node, self.file, name))

    def list(self, name: str) -> list[yaml.Node]:
        """The parts of a list."""
        node = self.node(name)
        if not isinstance(node, yaml.SequenceNode):
            raise refuse(self.file, line_of(node), "shape", found=shown(node), field=name)
        return list(node.value)


def scalars(node: yaml.Node, file: str, field: str) -> Iterator[Cell]:
    """The words of a list."""
    if not isinstance(node, yaml.SequenceNode):
        raise refuse(file, line_of(node), "shape", found=shown(node), field=field)
    for part in node.value:
        if not isinstance(part, yaml.ScalarNode):
            raise refuse(file, line_of(part), "shape", found=shown(part), field=field)
        yield Cell(part.value, line_of(part))


def shown(node: yaml.Node) -> str:
    """A node as a message names it."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    return "[...]" if isinstance(node, yaml.SequenceNode) else "{...}"
