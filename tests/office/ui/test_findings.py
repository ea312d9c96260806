# SPDX-License-Identifier: Apache-2.0
"""Many findings on a page: each thing is said once, each place can be reached."""

from __future__ import annotations

from django.template import Context, Template

from gumruk.law.kernel import Finding, Severity
from gumruk.office.ui.findings import finding_groups


class _Page:
    def address_of(self, path: str) -> str:
        return f"#item-{int(path[6:].partition(']')[0]) + 1}"


def _origins(count: int) -> list[Finding]:
    return [
        Finding("DEC-21", f"items[{place}].origins", {"country": "XX", "item": str(place + 1)})
        for place in range(count)
    ]


def test_it_says_what_one_rule_found_at_forty_places_once() -> None:
    html = Template("{% findings found page %}").render(
        Context({"language": "en", "found": _origins(40), "page": _Page()})
    )
    assert html.count('class="g-finding g-finding-error"') == 1
    assert "40 places" in html and "30 more places" in html
    assert all(f'href="#item-{number}"' in html for number in range(1, 41))
    assert html.count('class="g-mend"') == 1


def test_it_keeps_grades_and_rules_apart_in_the_order_they_came() -> None:
    warning = Finding("DEC-26", "items[0]", severity=Severity.WARNING)
    groups = finding_groups("en", [*_origins(1), warning, *_origins(2)])
    assert [(group.code, group.severity, len(group.places)) for group in groups] == [
        ("DEC-21", "error", 3),
        ("DEC-26", "warning", 1),
    ]
    assert {place.address for group in groups for place in group.places} == {""}


def test_it_says_the_sentence_at_each_place_where_they_differ() -> None:
    found = [
        Finding("DEC-21", f"items[{n}].origins", {"country": c, "item": str(n + 1)}) for n, c in enumerate(("XX", "YY"))
    ]
    (group,) = finding_groups("en", found)
    assert group.words == "" and {"XX" in place.words for place in group.places} == {True, False}
    html = Template("{% findings found %}").render(Context({"language": "en", "found": found}))
    assert "XX" in html and "YY" in html
