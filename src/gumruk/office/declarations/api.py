# SPDX-License-Identifier: Apache-2.0
"""The API for traders' programs: lodge a declaration, ask how it stands. Plain views: lodging is the hot path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http import JsonResponse as PlainJsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from gumruk import texts, wire
from gumruk.law.declarations import State
from gumruk.law.kernel import Finding
from gumruk.office.accounts.permissions import Actor, needs
from gumruk.office.declarations.answering import response_of
from gumruk.office.declarations.lodging import Conflict, Lodged, finding_plain
from gumruk.office.declarations.models import File
from gumruk.office.declarations.page import blockers_told
from gumruk.office.declarations.queries import charge_names, file_by_id, finding_of, release_blockers, version_of
from gumruk.office.declarations.requests import message_take
from gumruk.office.declarations.services import Refused
from gumruk.office.declarations.words import finding_shown
from gumruk.office.lawbook.queries import NoLaw
from gumruk.office.project.clock import now
from gumruk.office.ui.middleware import is_of_unknown_length
from gumruk.wire import LIMITS, WireError

# Registration refused is an answer, not a failure of the request: it has a file and all findings. 422 says so.
REFUSED_STATUS = 422


class JsonResponse(PlainJsonResponse):
    """JSON in which Russian and Tajik can be read as they are.

    Its keys are sorted, so that the same answer is the same to the byte, whether just made or read from the database.
    """

    def __init__(self, data: dict[str, Any], status: int = 200) -> None:
        super().__init__(data, status=status, json_dumps_params={"ensure_ascii": False, "sort_keys": True})


@csrf_exempt
@require_POST
@needs("declarations.lodge")
def lodge(request: HttpRequest) -> JsonResponse:
    """POST /api/v1/declarations: one message in XML or JSON; the same again gets the same answer.

    201 registered, 422 registration refused with all findings, 400 not readable, 409 other content under the same
    reference, 411 sent in pieces without its length, 413 too large, 503 no database or no law: nothing was stored, the
    same message may come again. One that asks something of a file (function 13) is done: 200 with the file, 201 with
    its correction, 422 with why not.
    """
    language = _language(request)
    if is_of_unknown_length(request):
        what = texts.say(language, "ui.error.length_required.what")
        return JsonResponse({"error": "length_required", "text": what}, status=411)
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal():
        return JsonResponse({"error": "bad_request"}, status=400)
    if int(length) > LIMITS.bytes_max:
        return JsonResponse({"error": "too_large", "limit_bytes": LIMITS.bytes_max}, status=413)
    try:
        return _taken(request, language)
    except Refused as refused:
        findings = [_shown(finding, language) for finding in refused.findings]
        return JsonResponse({"error": "refused", "findings": findings}, status=REFUSED_STATUS)
    except WireError as error:
        findings = [_shown(finding, language) for finding in error.findings]
        return JsonResponse({"error": "unreadable", "findings": findings}, status=400)
    except NoLaw:
        return JsonResponse({"error": "no_law"}, status=503)
    except Conflict as conflict:
        return JsonResponse({"error": "conflict", "id": str(conflict.file)}, status=409)


def _taken(request: HttpRequest, language: str) -> JsonResponse:
    """Lodge a declaration, or do what a message asks of a file."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    taken = message_take(content=request.body, by=by, at=now())
    return _answer(taken, language) if isinstance(taken, Lodged) else JsonResponse(_status(taken, language, by))


def _answer(lodged: Lodged, language: str) -> JsonResponse:
    body = {**lodged.answer}
    body["findings"] = [_shown(finding_of(plain), language) for plain in body["findings"]]
    status = 201 if body["number"] else REFUSED_STATUS
    answer = JsonResponse(body, status=status)
    answer.headers["Location"] = f"/api/v1/declarations/{lodged.file}"
    answer.headers["Idempotent-Replay"] = "true" if lodged.repeated else "false"
    return answer


@require_GET
@needs("declarations.see")
def status(request: HttpRequest, identifier: UUID) -> JsonResponse:
    """GET /api/v1/declarations/<id>: how a declaration stands, what was found, and what stands against release."""
    file = file_by_id(identifier)
    if file is None:
        return JsonResponse({"error": "not_found"}, status=404)
    return JsonResponse(_status(file, _language(request), request.actor))  # type: ignore[attr-defined]


@require_GET
@needs("declarations.see")
def response(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """GET /api/v1/declarations/<id>/response: how a declaration stands, as a WCO Response in XML.

    `Accept: application/json` asks for the same in our JSON.
    """
    file = file_by_id(identifier)
    if file is None:
        return JsonResponse({"error": "not_found"}, status=404)
    pending = file.standing in (State.PREREGISTERED, State.ACCEPTED)
    against = _against(file, request.actor) if pending else []  # type: ignore[attr-defined]
    answer = response_of(file, against, language=_language(request), at=now())
    accepts = request.headers.get("Accept", "")
    form = "json" if "json" in accepts and "xml" not in accepts else wire.WCO
    kind = "application/json" if form == "json" else "application/xml"
    return HttpResponse(wire.write(answer, form), content_type=kind)


def _against(file: File, actor: Actor) -> list[Finding]:
    """What stands against release, as far as this person is told."""
    return blockers_told(release_blockers(file), file, actor) if file.number else []


def _status(file: File, language: str, actor: Actor) -> dict[str, Any]:
    answer = version_of(file).answer
    return {
        "id": str(file.id),
        "functional_reference_id": file.reference,
        "number": file.number or None,
        "state": file.state,
        "office": file.office,
        "lodged_at": file.lodged_at.isoformat(),
        "accepted_at": file.accepted_at.isoformat() if file.accepted_at else None,
        "released_at": file.released_at.isoformat() if file.released_at else None,
        "law": file.law_digest,
        "training": file.training,
        "findings": [_shown(finding_of(plain), language) for plain in answer["findings"]],
        "blockers": [_shown(finding, language, charge_names(file)) for finding in _against(file, actor)],
        "settlement_shown": not actor.trader or actor.trader == file.payer,
    }


def _shown(finding: Finding, language: str, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A finding with its words in the language that was asked for; `names` are those of the file's charges."""
    params = finding_shown(language, finding, names).params
    return {
        **finding_plain(finding),
        "text": texts.say(language, f"finding.{finding.code}.text", **params),
        "mend": texts.say(language, f"finding.{finding.code}.mend", **params),
    }


def _language(request: HttpRequest) -> str:
    wanted = request.headers.get("Accept-Language", "")[:2].lower()
    return wanted if wanted in texts.LANGUAGES else texts.DEFAULT_LANGUAGE
