# SPDX-License-Identifier: Apache-2.0
"""The tree of typed texts, the model that it makes, and the page that is made of the model's classes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from gumruk import demonstration, texts, wire
from gumruk.law.declarations.model import Declaration
from gumruk.law.declarations.parts import Extension, Moment
from gumruk.office.declarations.drafts.building import assembled, build_head, build_item
from gumruk.office.declarations.drafts.form import Form, Node
from gumruk.office.declarations.drafts.layout import FIELDS
from gumruk.office.declarations.drafts.typed import (
    ITEM,
    NoSuchPlace,
    Tree,
    is_filled,
    place_typed,
    row_remove,
    text_at,
    text_set,
    typed_of,
)
from gumruk.wire.json.shape import ROOT, Key, Shape, Value

SAMPLES = sorted(
    path.name for path in demonstration.sample_path("flour.json").parent.iterdir() if path.suffix in {".json", ".xml"}
)


def made(head: Tree, items: list[Tree]) -> Declaration:
    """The declaration of typed trees."""
    return assembled(build_head(head).plain, [build_item(item).content for item in items])


def numbered(declaration: Declaration) -> Declaration:
    """A declaration whose items bear the numbers of their places, as a draft's do."""
    shipment = declaration.goods_shipment
    assert shipment is not None
    items = tuple(dataclasses.replace(item, sequence_numeric=place) for place, item in enumerate(shipment.items, 1))
    return dataclasses.replace(declaration, goods_shipment=dataclasses.replace(shipment, items=items))


@pytest.mark.parametrize("name", SAMPLES)
def test_it_makes_the_same_declaration_of_what_it_reads(name: str) -> None:
    declaration = wire.read(demonstration.sample_path(name).read_bytes()).declaration
    head, items = typed_of(declaration)
    assert made(head, items) == numbered(declaration)
    assert [one.findings for one in (build_head(head), *map(build_item, items))] == [[]] * (1 + len(items))


def test_it_makes_no_shipment_where_nothing_of_one_was_typed() -> None:
    assert made({"type_code": "IMA"}, []) == Declaration(type_code="IMA")
    assert made({"goods_shipment": {"importer": {"name": " "}}}, []) == Declaration()


def test_it_keeps_what_was_typed_where_it_can_make_nothing_of_it() -> None:
    tree: Tree = {}
    for path, text in (
        ("commodity.goods_measure.net_mass.value", "about a ton"),
        ("packagings[a].quantity", "many"),
        ("additional_documents[b].issue.text", "soon"),
    ):
        text_set(tree, path, text, ITEM)
    built = build_item(tree)
    assert [(found.code, found.path) for found in built.findings] == [
        ("TYP-3", "additional_documents[0].issue"),
        ("TYP-2", "commodity.goods_measure.net_mass"),
        ("TYP-2", "packagings[0].quantity"),
    ]
    assert built.plain == {"additional_documents": [{}], "packagings": [{}]}
    assert text_at(tree, "packagings[a].quantity", ITEM) == "many"
    assert place_typed(tree, "packagings[0].quantity") == "packagings[a].quantity"


def test_it_takes_a_country_by_its_name_in_any_language() -> None:
    tree: Tree = {}
    for key, text in (("a", "cn"), ("b", "Китай"), ("c", "Туркия"), ("d", "Atlantis")):
        text_set(tree, f"origins[{key}].country_code", text, ITEM)
    assert [row["country_code"] for row in build_item(tree).plain["origins"]] == ["CN", "CN", "TR", "ATLANTIS"]


def test_it_does_not_make_a_no_of_a_question_that_was_not_asked() -> None:
    tree: Tree = {}
    path = "goods_shipment.customs_valuation.answers[q-7a].answer_code"
    text_set(tree, path, "N", ROOT)
    assert build_head(tree).plain["goods_shipment"]["customs_valuation"]["answers"] == [
        {"answer_code": "N", "question_code": "7a"}
    ]
    text_set(tree, path, "", ROOT)
    assert not is_filled(tree)
    assert build_head(tree).plain == {}


@pytest.mark.parametrize(
    "path",
    ["", "nothing", "declarant", "declarant.name.first", "goods_shipment.items[a].commodity", "extensions[a].content",
     "additional_documents.id", "additional_documents[a]", "declarant[a].id", "a" * 500, "declarant..id",
     "declarant.__class__"],
)  # fmt: skip
def test_it_knows_no_place_that_the_model_has_not(path: str) -> None:
    with pytest.raises(NoSuchPlace):
        text_at({}, path, ROOT)


def test_it_takes_a_row_out_and_leaves_the_others_in_their_places() -> None:
    tree: Tree = {}
    for key in "abc":
        text_set(tree, f"additional_documents[{key}].id", key.upper(), ROOT)
    assert row_remove(tree, "additional_documents", "a") == {"#": "a", "id": "A"}
    assert place_typed(tree, "additional_documents[1].id") == "additional_documents[c].id"


def leaves(shape: Shape, path: str = "", depth: int = 0) -> Iterator[tuple[str, Key]]:
    """Every place of the model, each list with one row."""
    for key in shape.keys:
        here = f"{path}.{key.name}" if path else key.name
        if key.name in ("extensions", "items", "sequence_numeric") and (
            key.name != "sequence_numeric" or shape is ITEM
        ):
            continue
        if key.value is Value.OBJECTS:
            yield from leaves(key.shape, f"{here}[k]", depth + 1)
        elif key.value is Value.OBJECT:
            yield from leaves(key.shape, here, depth + 1)
        else:
            yield (f"{here}[k].text" if key.value is Value.TEXTS else here), key


def inputs(held: Any) -> Iterator[str]:
    """The paths of all inputs below a section or a node."""
    nodes: list[Node] = [*held.common, *held.more]
    for node in nodes:
        if node.kind in ("field", "number", "day", "pair"):
            yield node.path
        if node.unit is not None:
            yield node.unit.path
        yield from inputs(node)


@pytest.mark.parametrize("shape", [ROOT, ITEM], ids=["head", "item"])
def test_it_has_a_field_on_the_page_for_every_field_of_the_model(shape: Shape) -> None:
    """A date's format code is given by what is typed; everything else can be typed."""
    tree: Tree = {}
    places = [path for path, _ in leaves(shape) if not path.endswith(".format_code")]
    for path in places:
        text_set(tree, path, "1", shape)
    shown = [path for section in Form(tree, shape, "en").sections() for path in inputs(section)]
    assert sorted(set(places) - set(shown)) == []
    assert sorted(set(shown) - set(places) - {path for path in shown if "[q-" in path}) == []


def classes(shape: Shape, found: dict[type, Shape] | None = None) -> dict[type, Shape]:
    """Every class of the model that the page shows fields of."""
    found = {} if found is None else found
    if shape.of not in found and shape.of not in (Moment, Extension):
        found[shape.of] = shape
        for key in shape.keys:
            if key.value in (Value.OBJECT, Value.OBJECTS):
                classes(key.shape, found)
    return found


@pytest.mark.parametrize("language", texts.languages())
def test_it_has_a_label_for_every_field_of_the_model(language: str) -> None:
    wanted = {f"form.{of.__name__}.{key.name}" for of, shape in classes(ROOT).items() for key in shape.keys}
    unsaid = {key for key in wanted if not key.endswith(".extensions") and texts.find(language, key) is None}
    assert unsaid == set()
    named = {f"form.{of.__name__}.{field.name}" for of, fields in FIELDS.items() for field in fields}
    assert named <= wanted
