"""Keeps a fetch as a WARC file (ISO 28500): every request and answer on the way, with time and IP address."""

from __future__ import annotations

import io
from datetime import UTC

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from mapae.desk import clock
from mapae.desk.cases import evidence
from mapae.desk.cases.models import CaseItem, Evidence
from mapae.sources.fetch import FetchOutcome, Hop

__all__ = ["capture", "warc_of"]


def capture(outcome: FetchOutcome, item: CaseItem, language: str) -> Evidence:
    """Keep the fetch as evidence: login state none, the language that was asked for, rung captured."""
    return evidence.keep(
        warc_of(outcome),
        "application/warc",
        name=f"{item.subject_id[:150]}.warc.gz",
        url=item.url,
        rung="captured",
        login="none",
        language=language,
        warc=True,
    )


def warc_of(outcome: FetchOutcome) -> bytes:
    """The fetch as gzipped WARC records: one warcinfo, then request and response of each hop."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    moment = clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    writer.write_record(
        writer.create_warcinfo_record("look.warc.gz", {"software": "Mapae", "isPartOf": "look"})
    )
    for hop in outcome.hops:
        about = {"WARC-Date": moment, "WARC-IP-Address": hop.address}
        response = writer.create_warc_record(
            hop.url,
            "response",
            payload=io.BytesIO(hop.body),
            http_headers=_answer(hop),
            warc_headers_dict=about,
        )
        request = writer.create_warc_record(
            hop.url, "request", http_headers=_request(hop), warc_headers_dict={"WARC-Date": moment}
        )
        writer.write_request_response_pair(request, response)
    return out.getvalue()


def _answer(hop: Hop) -> StatusAndHeaders:
    """The answer's head; its framing was taken apart while reading, so that header is kept under another name."""
    names = {"transfer-encoding": "X-Transfer-Encoding-As-Sent"}
    headers = [(names.get(name.lower(), name), value) for name, value in hop.headers]
    return StatusAndHeaders(str(hop.status), headers, protocol="HTTP/1.1")


def _request(hop: Hop) -> StatusAndHeaders:
    path = "/" + hop.url.split("/", 3)[3] if hop.url.count("/") > 2 else "/"
    return StatusAndHeaders(f"GET {path} HTTP/1.1", list(hop.asked), is_http_request=True)
