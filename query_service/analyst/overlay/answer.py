"""The answer to a form of own practices: made for this request alone, and kept nowhere."""

from __future__ import annotations

from typing import Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from query_service.analyst.desk import FORM_TYPES, Desk, View, choose_form
from query_service.analyst.overlay.comparison import compare, make_work
from query_service.analyst.overlay.exports import write_csv, write_json, write_workbook
from query_service.analyst.overlay.naming import Naming
from query_service.analyst.overlay.page import column_labels, form_page, overlay_page, tell_remark
from query_service.analyst.overlay.records import Overlay
from query_service.analyst.overlay.statements import write_rdf
from query_service.analyst.overlay.upload import SentForm, Uploads
from query_service.compression import choose_coding, encode_whole
from query_service.delivery import Asked
from query_service.errors import MalformedRequest, ServiceError, UnusableUpload, problem_of
from query_service.failures import failure_response
from query_service.overlay.records import Checked
from query_service.overlay.running import Runner
from query_service.pages import page_headers
from query_service.rates import client_key

__all__ = ["FORMS", "MOST_SUGGESTED", "OverlayAnswer", "Reading"]

#: Forms of the answer, by their word; the first is for whoever does not mind.
FORMS: Final = ("html", "json", "csv", "xlsx", "ttl", "jsonld", "trig")
#: Most provisions of each series that are suggested for a practice.
MOST_SUGGESTED: Final = 10
_DEFAULT_SUGGESTED: Final = 3


class Reading(NamedTuple):
    """What receives forms, and what has their files read."""

    uploads: Uploads
    runner: Runner


class _Request(NamedTuple):
    """What a form asks for."""

    form: str
    top: int
    naming: Naming
    raw: bytes
    name: str


class OverlayAnswer(Response):
    """Answers a form when it is sent.

    :param desk: what pages for analysts share.
    :param reading: receives and reads.
    """

    def __init__(self, desk: Desk, reading: Reading) -> None:
        super().__init__()
        self._desk = desk
        self._reading = reading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, or what went wrong in the form asked for."""
        asked = Asked(scope, receive, send)
        publishing = self._desk.publishing
        generation = await publishing.generations.current()
        try:
            publishing.answering.rates.admit(client_key(scope["client"][0] if scope.get("client") else None))
            response = await self._respond(asked, await self._desk.view(asked, generation))
        except ServiceError as error:
            response = failure_response(asked, error, await publishing.site(generation, asked))
        await response(scope, receive, send)

    async def _respond(self, asked: Asked, view: View) -> Response:
        sent = await self._reading.uploads.receive(asked)
        request = _read_request(asked, view, sent)
        settings = self._desk.publishing.answering.settings
        try:
            work = await run_in_threadpool(make_work, view, settings, column_labels(), request.top)
            checked = await self._reading.runner.check(work, request.raw)
            if checked.failures or (request.form != "html" and checked.left_out):
                return await self._refuse(asked, view, request, checked)
            body = await run_in_threadpool(self._make, view, request, checked)
        except UnusableUpload as error:
            return failure_response(asked, error, view.site)
        return await _answered(asked, view, request.form, body)

    def _make(self, view: View, request: _Request, checked: Checked) -> bytes:
        overlay = compare(view, checked, request.naming, request.top)
        if request.form == "html":
            return overlay_page(view, self._desk.publishing.answering.settings, overlay, request.name)
        return _export(view, overlay, request)

    async def _refuse(self, asked: Asked, view: View, request: _Request, checked: Checked) -> Response:
        """Say why a file cannot be used: all that is wrong with it, at once."""
        wrong = (*checked.failures, *checked.left_out)
        told = [tell_remark(view.reading, remark) for remark in wrong]
        if request.form == "html":
            settings = self._desk.publishing.answering.settings
            body = await run_in_threadpool(form_page, view, settings, wrong, request.name)
            return await _answered(asked, view, "html", body, status=problem_of(UnusableUpload("")).status)
        raise UnusableUpload(
            " ".join(f"{one.where} {one.what}".strip() for one in told),
            found=request.name,
            mend=" ".join(dict.fromkeys(one.mend for one in told)),
        )


def _export(view: View, overlay: Overlay, request: _Request) -> bytes:
    if request.form == "json":
        return write_json(overlay)
    if request.form == "csv":
        return write_csv(view, overlay)
    if request.form == "xlsx":
        return write_workbook(view, overlay)
    return write_rdf(view, overlay, request.naming, request.form)


def _read_request(asked: Asked, view: View, sent: SentForm) -> _Request:
    """What a form asks for; raises :class:`MalformedRequest` for what no field may hold."""
    form = sent.fields.get("output", "").strip().lower()
    if form and form not in FORMS:
        raise MalformedRequest("There is no such output.", found=form[:40], expected=", ".join(FORMS))
    text = sent.fields.get("table", "")
    raw = sent.file if sent.file is not None else text.encode() if text.strip() else None
    if raw is None:
        raise MalformedRequest(
            "There is no file.",
            expected="a file in a field called file",
            mend="choose a CSV or XLSX file and send the form again",
        )
    return _Request(
        form or choose_form(asked, FORMS),
        _read_top(sent.fields.get("top", "")),
        Naming(sent.fields.get("base", ""), view.analysis.source.base),
        raw,
        sent.name or sent.fields.get("name", "")[:120],
    )


def _read_top(text: str) -> int:
    if not text.strip():
        return _DEFAULT_SUGGESTED
    if not text.strip().isascii() or not text.strip().isdigit() or not 1 <= int(text) <= MOST_SUGGESTED:
        raise MalformedRequest(
            "So many suggestions cannot be made.", found=text[:20], expected=f"a number from 1 to {MOST_SUGGESTED}"
        )
    return int(text)


async def _answered(asked: Asked, view: View, form: str, body: bytes, status: int = 200) -> Response:
    headers: dict[str, str] = {
        "Cache-Control": "no-store",
        "IPG-Dataset-Version": view.analysis.version,
        "Vary": "Accept, Accept-Encoding, Accept-Language",
        "X-Robots-Tag": "noindex, nofollow",
    }
    if form == "html":
        headers |= page_headers(view.site)
    else:
        headers["Content-Disposition"] = f'attachment; filename="ipg-overlay-{view.analysis.version}.{form}"'
    coding = choose_coding(asked.headers.get("accept-encoding"))
    encoded = await run_in_threadpool(encode_whole, coding, body)
    if encoded is not None and coding:
        headers["Content-Encoding"] = coding
    return Response(body if encoded is None else encoded, status, headers, FORM_TYPES[form])
