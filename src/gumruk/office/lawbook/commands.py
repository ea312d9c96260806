# SPDX-License-Identifier: Apache-2.0
"""`gumruk law`: a country pack becomes the running law, by two persons; and which publications there are."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gumruk import packs, texts


def add_commands(subparsers: Any) -> None:
    """Add `law` with `publish` and `list`."""
    parser = subparsers.add_parser("law", help="publish a country pack as the running law, or list the publications")
    parts = parser.add_subparsers(title="law commands", metavar="WHAT", required=True)

    publish = parts.add_parser("publish", help="make a country pack the running law, unless it runs already")
    publish.add_argument("pack", metavar="PACK", help="a country's code or a folder")
    publish.add_argument("--proposed-by", required=True, metavar="LOGIN", help="who may draft law")
    publish.add_argument("--approved-by", required=True, metavar="LOGIN", help="another person, who may publish law")
    publish.set_defaults(run=publish_run)

    listing = parts.add_parser("list", help="list the publications, the running one last")
    listing.set_defaults(run=list_run)

    for part in (publish, listing):
        part.add_argument("--data", metavar="DIR", help="where the state lies")
        part.add_argument("--lang", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE, help="of what is said")


def publish_run(arguments: argparse.Namespace) -> int:
    """Publish a pack; 0 when it runs, 1 with the reason when it cannot be published, 2 when the pack has faults."""
    try:
        pack = packs.load(packs.pack_folder(arguments.pack))
    except packs.PackError as error:
        for fault in error.faults:
            print(f"{fault.file}:{fault.line}: {fault.what(arguments.lang)}", file=sys.stderr)
        return 2
    with _database(arguments.data):
        from gumruk.office.accounts.permissions import GUMRUK, acting
        from gumruk.office.accounts.queries import actor_by_login
        from gumruk.office.lawbook.services import publication_publish
        from gumruk.office.project.clock import now

        with acting(GUMRUK):
            proposing, approving = (actor_by_login(arguments.proposed_by), actor_by_login(arguments.approved_by))
            if proposing is None or not proposing.may("lawbook.draft"):
                return _refuse(arguments, "may_not_draft", login=arguments.proposed_by)
            if approving is None or not approving.may("lawbook.publish"):
                return _refuse(arguments, "may_not_publish", login=arguments.approved_by)
            publication = publication_publish(
                book=pack.book, title=pack.heading.title, proposed_by=proposing, approved_by=approving, at=now()
            )
    print(_said(arguments, "runs", number=publication.number, title=publication.title, digest=publication.digest))
    return 0


def list_run(arguments: argparse.Namespace) -> int:
    """Print one line a publication."""
    with _database(arguments.data):
        from gumruk.office.lawbook.queries import publications

        for one in publications():
            print(f"{one.number:>5}  {one.published_at:%Y-%m-%d %H:%M}  {one.entries:>6}  {one.digest}  {one.title}")
    return 0


def _said(arguments: argparse.Namespace, key: str, **params: object) -> str:
    return texts.say(arguments.lang, f"lawbook.command.{key}", **params)


def _refuse(arguments: argparse.Namespace, key: str, **params: object) -> int:
    print(_said(arguments, key, **params), file=sys.stderr)
    return 1


@contextmanager
def _database(data: str | None) -> Iterator[None]:
    """Have the database running and Django set up; how one is started is the installation's business."""
    installation = importlib.import_module("gumruk.office.project.installation")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", installation.SETTINGS)
    with installation.database(installation.data_choose(data), lambda line: print(line, file=sys.stderr)):
        import django

        django.setup()
        yield
