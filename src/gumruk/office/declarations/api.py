# SPDX-License-Identifier: Apache-2.0
"""The API for traders' programs: lodge a declaration, ask how it stands. Plain views: lodging is the hot path."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http import JsonResponse as PlainJsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from gumruk import texts
from gumruk.law.kernel import Finding
from gumruk.office.accounts.permissions import Actor, needs
from gumruk.office.declarations.lodging import Conflict, Lodged, declaration_lodge, finding_plain
from gumruk.office.declarations.models import File
from gumruk.office.declarations.page import blockers_told
from gumruk.office.declarations.queries import file_by_id, finding_of, release_blockers, version_of
from gumruk.office.lawbook.queries import NoLaw
from gumruk.office.project.clock import now
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
    reference, 413 too large, 503 no database or no law: nothing was stored, the same message may come again.
    """
    language = _language(request)
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal():
        return JsonResponse({"error": "bad_request"}, status=400)
    if int(length) > LIMITS.bytes_max:
        return JsonResponse({"error": "too_large", "limit_bytes": LIMITS.bytes_max}, status=413)
    try:
        lodged = declaration_lodge(content=request.body, by=request.actor, at=now())  # type: ignore[attr-defined]
    except WireError as error:
        findings = [_shown(finding, language) for finding in error.findings]
        return JsonResponse({"error": "unreadable", "findings": findings}, status=400)
    except NoLaw:
        return JsonResponse({"error": "no_law"}, status=503)
    except Conflict as conflict:
        return JsonResponse({"error": "conflict", "id": str(conflict.file)}, status=409)
    return _answer(lodged, language)


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


def _status(file: File, language: str, actor: Actor) -> dict[str, Any]:
    answer = version_of(file).answer
    against = blockers_told(release_blockers(file), file, actor) if file.number else []
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
        "blockers": [_shown(finding, language) for finding in against],
        "settlement_shown": not actor.trader or actor.trader == file.payer,
    }


def _shown(finding: Finding, language: str) -> dict[str, Any]:
    """A finding with its words in the language that was asked for."""
    params = {name: str(value) for name, value in finding.params.items()}
    return {
        **finding_plain(finding),
        "text": texts.say(language, f"finding.{finding.code}.text", **params),
        "mend": texts.say(language, f"finding.{finding.code}.mend", **params),
    }


def _language(request: HttpRequest) -> str:
    wanted = request.headers.get("Accept-Language", "")[:2].lower()
    return wanted if wanted in texts.LANGUAGES else texts.DEFAULT_LANGUAGE
