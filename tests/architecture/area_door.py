# SPDX-License-Identifier: Apache-2.0
"""An import contract of our own: one area of a wing enters another only by the doors that are named."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class AreaDoor(Contract):
    """Modules of one area may import another area's `doors` (module names), and what is `open` to all.

    The areas in `on_top` compose the others and may import all of them.
    """

    wing = fields.StringField()
    doors = fields.ListField(subfield=fields.StringField())
    open = fields.ListField(subfield=fields.StringField())
    on_top = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at each direct import between two areas."""
        wrong = []
        for importer in sorted(graph.find_descendants(str(self.wing))):
            area = self._area(importer)
            if area in self.on_top:
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if (
                    imported.startswith(f"{self.wing}.")
                    and area != self._area(imported)
                    and not self._allowed(imported)
                ):
                    wrong.append(f"{importer} -> {imported}")
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that goes through a wall."""
        for line in check.metadata["wrong"]:
            output.print_error(line, bold=False)

    def _area(self, module: str) -> str:
        return module.removeprefix(f"{self.wing}.").split(".")[0]

    def _allowed(self, imported: str) -> bool:
        inside = imported.removeprefix(f"{self.wing}.")
        if any(inside == name or inside.startswith(f"{name}.") for name in self.open):
            return True
        return inside.split(".")[1:2] != [] and inside.split(".")[1] in self.doors
