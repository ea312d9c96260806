# SPDX-License-Identifier: Apache-2.0
"""`gumruk docs`: writes the pages of `docs/` that are made from the code, or says which are out of date.

A page is made from what it tells of: rules from their register, permissions from their table, commands from the
parser, the wire's profile and the pack's tables from their schemas. So none of them can say what the code does not do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from gumruk import texts, wire
from gumruk.law.declarations import RULES
from gumruk.law.declarations.rules import Rule
from gumruk.law.tariff.rules import TARIFF_RULES, TariffRule
from gumruk.office.accounts.actors import ALL_PERMISSIONS, PERMISSIONS, SCOPES
from gumruk.office.project.docs_drawings import drawings
from gumruk.packs.description import tables_described

ROOT = Path(__file__).resolve().parents[4]
MADE = (
    "<!-- SPDX-License-Identifier: Apache-2.0 -->\n"
    "<!-- Made by `gumruk docs` from {source}: change that, not this page. -->"
)
PACK_PAGE = "docs/country-pack.md"
PACK_MARKS = ("<!-- tables: ", "<!-- end of tables -->")
#: What the database shows to a role, in words.
SCOPE_WORDS = {
    "all": "every file",
    "offices": "the files of the person's own posts",
    "trader": "the files of the trader's own number",
    "public": "no file",
}


def add_commands(subparsers: Any) -> None:
    """Add `docs`."""
    command = subparsers.add_parser("docs", help="write the pages of docs/ that are made from the code")
    command.add_argument("--check", action="store_true", help="write nothing; say which are out of date, exit with 1")
    command.set_defaults(run=partial(docs_run, subparsers))


def docs_run(subparsers: Any, arguments: argparse.Namespace) -> int:
    """Write every generated page, or compare them: 0 all up to date or written, 1 one is not, 2 no checkout here."""
    if not (ROOT / "docs").is_dir():
        print(f"gumruk docs: there is no docs/ in {ROOT}: run it in a checkout", file=sys.stderr)
        return 2
    stale = {path: text for path, text in documents(subparsers).items() if _standing(path) != text}
    for path, text in stale.items():
        if arguments.check:
            print(f"{path} is out of date: ./run gumruk docs")
        else:
            (ROOT / path).parent.mkdir(exist_ok=True)
            (ROOT / path).write_text(text, encoding="utf-8")
            print(f"{path} written")
    return 1 if stale and arguments.check else 0


def documents(subparsers: Any) -> dict[str, str]:
    """Every generated page by its path in the checkout."""
    return {
        "docs/rules.md": rules_text(),
        "docs/permissions.md": permissions_text(),
        "docs/commands.md": commands_text(subparsers),
        PACK_PAGE: pack_text(_standing(PACK_PAGE)),
        **drawings(ROOT),
        **wire.documents(),
    }


def _standing(path: str) -> str:
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.exists() else ""


def rules_text() -> str:
    """All rules with their meaning, act, weight and words; then the findings that are no rule of a declaration."""
    lines = [
        MADE.format(source="the rules' register and the texts"),
        "# Rules and findings",
        "",
        "Every finding has a code. A rule of the declaration is a function under that code in",
        "`src/gumruk/law/declarations/rules/`; how one is added stands in [adding.md](adding.md). An error refuses",
        "registration; a warning may be answered with a reason; information only tells. What is shown here is the",
        "weight that a rule has by itself: a country grades, dates and switches rules in its table `checks`, save",
        "those that are locked ([country-pack.md](country-pack.md#checks-are-law-too)). Words in braces are filled",
        "with what was found.",
        "",
        "The act beside a rule says where its demand comes from. Elements of the WCO Data Model were taken from the",
        "published dictionary; the numbers of standards of the Kyoto Convention, save those on transit, were written",
        "from memory and wait for a lawyer's comparison.",
        "",
        "## The rules of a declaration",
        "",
        "| code | what it demands | of | weight | act |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [_rule_row(rule) for rule in sorted(RULES.values(), key=lambda rule: _order(rule.code))]
    lines += [
        "",
        "## The rules of a tariff",
        "",
        "They run over a whole tariff and over one record that is edited ([measures.md](measures.md)).",
        "",
        "| code | what it demands | of | weight | source |",
        "| --- | --- | --- | --- | --- |",
        *(_tariff_rule_row(rule) for rule in sorted(TARIFF_RULES.values(), key=lambda rule: _order(rule.code))),
        "",
        "## The words of every finding",
        "",
    ]
    codes = {key.split(".")[1] for key in texts.catalogue("en") if key.startswith("finding.")}
    for code in sorted(codes, key=_order):
        lines += [f"### {code}", "", *_function(code), *_words(code), ""]
    return "\n".join(lines).rstrip() + "\n"


def _rule_row(rule: Rule) -> str:
    of = "each item" if rule.each_item else "the declaration"
    weight = f"{rule.severity.value}, locked" if rule.locked else rule.severity.value
    return f"| [{rule.code}](#{rule.code.lower()}) | {rule.meaning} | {of} | {weight} | {rule.act} |"


def _tariff_rule_row(rule: TariffRule) -> str:
    of, weight = rule.of.__name__, rule.severity.value
    return f"| [{rule.code}](#{rule.code.lower()}) | {rule.meaning} | {of} | {weight} | {rule.act} |"


def _function(code: str) -> Iterator[str]:
    rule: Rule | TariffRule | None = RULES.get(code) or TARIFF_RULES.get(code)
    if rule is not None:
        path = "src/" + rule.check.__module__.replace(".", "/") + ".py"
        yield f"`{rule.check.__name__}` in [`{path}`](../{path})"
        yield ""


def _words(code: str) -> Iterator[str]:
    for language in texts.languages():
        text, mend = (texts.find(language, f"finding.{code}.{part}") or "-" for part in ("text", "mend"))
        yield f"- {language}: {text} *{mend}*"


def _order(code: str) -> tuple[str, int]:
    name, _, number = code.partition("-")
    return name, int(number) if number.isdigit() else 0


def permissions_text() -> str:
    """Which role may do what, and which files the database shows to it."""
    roles = list(PERMISSIONS)
    lines = [
        MADE.format(source="src/gumruk/office/accounts/actors.py"),
        "# Roles and permissions",
        "",
        "A permission is `area.action`. Every page and endpoint asks for one with `@needs`, or says `@public`; a test",
        "walks them all. Who has nothing to do in an area gets a 404 there, who lacks one action of it a 403.",
        "",
        "| permission | " + " | ".join(roles) + " |",
        "| --- |" + " --- |" * len(roles),
    ]
    for permission in sorted(ALL_PERMISSIONS):
        marks = ("yes" if permission in PERMISSIONS[role] else "" for role in roles)
        lines.append(f"| `{permission}` | " + " | ".join(marks) + " |")
    lines += [
        "",
        "## What the database shows",
        "",
        "Row-level security is the second wall: PostgreSQL itself shows a role no more than this, whatever a page",
        "asks for.",
        "",
        "| role | scope | sees |",
        "| --- | --- | --- |",
        *(f"| {role} | `{scope}` | {SCOPE_WORDS[scope]} |" for role, scope in SCOPES.items()),
    ]
    return "\n".join(lines) + "\n"


def commands_text(subparsers: Any) -> str:
    """Every command with its arguments, as the parser has them."""
    lines = [
        MADE.format(source="the command line's parser"),
        "# The `gumruk` command",
        "",
        "`./run gumruk COMMAND` runs it inside the environment that `./run` makes. `--help` after any command says",
        "the same. The exit status is 0 where all went well, 1 where something was found, 2 where the input could not",
        "be used.",
    ]
    for name, helped, parser in _commands(subparsers, ""):
        lines += ["", f"## {name}", "", _sentence(helped)]
        rows = [_argument(action) for action in parser._actions if not _hidden(action)]
        if rows:
            lines += ["", "| argument | |", "| --- | --- |", *rows]
    return "\n".join(lines) + "\n"


def _commands(subparsers: Any, prefix: str) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    helps = {choice.dest: choice.help or "" for choice in subparsers._choices_actions}
    for name, parser in subparsers.choices.items():
        yield f"{prefix}{name}", helps.get(name, ""), parser
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from _commands(action, f"{prefix}{name} ")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""


def _hidden(action: argparse.Action) -> bool:
    kinds = (argparse._HelpAction, argparse._SubParsersAction)
    return isinstance(action, kinds) or action.help == argparse.SUPPRESS


def _argument(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else _value(action)
    shown = f"{', '.join(action.option_strings)} {value}".strip() if action.option_strings else value
    helped = (action.help or "") % {**vars(action), "prog": "gumruk"} if action.help else ""
    notes = ["required"] if action.option_strings and action.required else []
    said = "; ".join(part for part in (helped, *notes) if part)
    return f"| `{shown}` | {said.replace('|', '&#124;')} |"


def _value(action: argparse.Action) -> str:
    if action.choices:
        name = "{" + ",".join(str(choice) for choice in action.choices) + "}"
    else:
        name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    return {"?": f"[{name}]", "*": f"[{name} ...]", "+": f"{name} ...", argparse.REMAINDER: "..."}.get(
        str(action.nargs), name
    )


def pack_text(page: str) -> str:
    """The page on country packs with its list of tables as the schema has it now."""
    before, mark, rest = page.partition(PACK_MARKS[0])
    first_line, _, rest = rest.partition("\n")
    _, end, after = rest.partition(PACK_MARKS[1])
    if not (mark and end):
        raise ValueError(f"{PACK_PAGE} has no place for the tables between {PACK_MARKS[0]!r} and {PACK_MARKS[1]!r}")
    return f"{before}{mark}{first_line}\n{tables_described()}{end}{after}"
