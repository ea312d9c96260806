# SPDX-License-Identifier: Apache-2.0
"""Notes of the Eurasian tariff: "Ставка ввозной таможенной пошлины в размере 5 % … применяется с … по …"."""

from __future__ import annotations

import re
from datetime import date

from gumruk.law.tariff.duties.error import DutyError
from gumruk.law.tariff.duties.scanner import DutyScanner
from gumruk.law.tariff.duties.sentence import sentence
from gumruk.law.tariff.duties.tree import Dated, DatedRate, Duty

_NOTE = re.compile(r"Ставка ввозной таможенной пошлины\s+")
_OF = re.compile(r"в размере\s+")
_APPLIES = re.compile(r",?\s*применяется\s+")
_DASH = re.compile(r"[–—-]\s*")
_COMMA = re.compile(r",\s*")
_NEXT_NOTE = re.compile(r"\.\s*(?P<number>\d+[CС]\))\s*")
_MONTHS = {
    name: number
    for number, name in enumerate(
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(), 1
    )
}
_DAY = r"(?:\d{2}\.\d{2}\.\d{4}|\d{1,2} [а-я]+ \d{4} г\.)"
_PERIOD = re.compile(
    rf"(?:с\s+(?P<first>{_DAY})\s*)?(?:(?P<act>с даты вступления в силу Решения .+?)\s+(?=по\s+{_DAY}))?"
    rf"(?:по\s+(?P<last>{_DAY})\s*)?(?:включительно\s*)?"
)
_WHERE = re.compile(r"(?P<where>в отношении товаров,\s*[^.;–]+)")


def is_note(scanner: DutyScanner) -> bool:
    """Whether the text is such a note."""
    return scanner.look(_NOTE) is not None


def read_note(scanner: DutyScanner) -> Duty:
    """Read a note: one or several rates with their days. Raises DutyError."""
    scanner.take(_NOTE)
    rates = []
    while not scanner.at_end():
        if scanner.take(_OF):  # "в размере 5 % применяется с … по …"; "в размере 12 % – с … по …"
            duty = sentence(scanner)
            if not (scanner.take(_APPLIES) or scanner.take(_DASH)):
                raise scanner.wrong("DUTY-3", wanted="применяется")
            rates.append(_dated(scanner, duty))
        else:  # "с 01.10.2022 – в размере 8 % … в отношении …"
            period = _period(scanner)
            if not (scanner.take(_DASH) and scanner.take(_OF)):
                raise scanner.wrong("DUTY-3", wanted="– в размере")
            rates.append(DatedRate(sentence(scanner), period.first, period.last, _where(scanner, period.where)))
        scanner.take(_COMMA)
        if scanner.look(_NEXT_NOTE):
            raise scanner.wrong("DUTY-11")  # which of several notes holds, the line of the tariff says
    return Dated(tuple(rates))


def _dated(scanner: DutyScanner, duty: Duty) -> DatedRate:
    period = _period(scanner)
    return DatedRate(duty, period.first, period.last, _where(scanner, period.where))


def _period(scanner: DutyScanner) -> DatedRate:
    found = scanner.take(_PERIOD)
    if found is None or not found[0].strip():
        return DatedRate(Dated(()))
    first, last = (_day(found, name) for name in ("first", "last"))
    return DatedRate(Dated(()), first, last, found["act"] or "")


def _where(scanner: DutyScanner, act: str) -> str:
    found = scanner.take(_WHERE)
    return " ".join(part for part in (act, found["where"].strip() if found else "") if part)


def _day(found: re.Match[str], name: str) -> date | None:
    text = found[name]
    if text is None:
        return None
    try:
        if "." in text[:3]:
            day, month, year = text.split(".")
            return date(int(year), int(month), int(day))
        day, word, year = text.split(" ")[:3]
        return date(int(year), _MONTHS[word], int(day))
    except (KeyError, ValueError):
        raise DutyError("DUTY-10", found.start(name), {"found": text}) from None
