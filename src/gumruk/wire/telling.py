# SPDX-License-Identifier: Apache-2.0
"""Findings told to a person at a terminal. What a stranger's file says never commands the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gumruk import texts
from gumruk.law.kernel import Finding

_NO_SIGN = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """A text on one line, without signs that steer a terminal or turn the direction of writing."""
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else _NO_SIGN for sign in text)


def line_of(finding: Finding) -> int | None:
    """The line of the file that a finding speaks of; None where it names none."""
    line = finding.params.get("line", "")
    return int(line) if line.isascii() and line.isdigit() and line.strip("0") else None


def text_of(finding: Finding, part: str, language: str) -> str:
    """A part of what a finding says ("text" or "mend"), with its parameters."""
    return texts.say(language, f"finding.{finding.code}.{part}", **finding.params)


def finding_lines(findings: Iterable[Finding], language: str, *, graded: bool = False) -> Iterator[str]:
    """Findings as lines: code, place, what is wrong; below it how it is mended and, `graded`, the grade and the act.

    What findings one after the other have in common below them is said once, after the last of them.
    """
    below: list[str] = []
    for finding in findings:
        line = line_of(finding)
        places = [finding.path] if finding.path else []
        if line is not None:
            places.append(texts.say(language, "wire.convert_line", line=line))
        place = f" {', '.join(places)}:" if places else ""
        grade = f"{texts.say(language, f'ui.severity.{finding.severity}')} " if graded else ""
        following = _below(finding, language, graded)
        if below != following:
            yield from below
        yield printable(f"  {grade}{finding.code}{place} {text_of(finding, 'text', language)}")
        below = following
    yield from below


def _below(finding: Finding, language: str, graded: bool) -> list[str]:
    said = [text_of(finding, "mend", language)]
    if graded and finding.act:
        said.append(texts.say(language, "wire.act", act=finding.act))
    if graded and finding.answer:
        said.append(texts.say(language, "wire.answered", answer=finding.answer))
    return [printable(f"      {line}") for line in said]
