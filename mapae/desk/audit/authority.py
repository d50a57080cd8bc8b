"""Asks a time-stamping authority (RFC 3161) for a stamp over some bytes, and tells whether a stamp holds."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import httpcore
import httpx
from cryptography import x509
from rfc3161_client import (
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from mapae.errors import InputError
from mapae.sources.fetch import FetchRules
from mapae.sources.fetch.addresses import AddressRefused, Resolver, system_resolver
from mapae.sources.fetch.network import Budget, GuardedNetwork
from mapae.sources.fetch.unpack import TooLarge, read_body

__all__ = ["ask", "holds", "read_roots"]

_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_MOST = 1 << 18  # bytes of an answer; a stamp with its chain of certificates has about 5,000


def ask(data: bytes, url: str, *, loopback: bool = False, resolver: Resolver = system_resolver) -> bytes:
    """The authority's answer (DER) to a request for a stamp over the SHA-512 of the bytes, once it answers just that.

    Within the rules of the guarded fetcher: public addresses only (loopback: this machine only), limits of time and size,
    no redirects. InputError where no good answer comes.
    """
    request = TimestampRequestBuilder().data(data).build()
    answer = _post(url, request.as_bytes(), FetchRules(loopback=loopback, total=20.0, size=_MOST), resolver)
    why = _amiss(_decoded(answer, url), request)
    if why:
        raise InputError(f"the time-stamping authority's answer is no stamp: {why}", where=url, mend=_LATER)
    return answer


def holds(stamp: bytes, data: bytes, roots: Sequence[x509.Certificate], where: str = "") -> datetime:
    """When the bytes were stamped. InputError where the stamp is of other bytes, is broken, or leads to none of the roots
    as they were valid at that moment."""
    response = _decoded(stamp, where)
    try:
        VerifierBuilder(roots=list(roots)).build().verify_message(response, data)
    except (VerificationError, ValueError) as error:
        raise InputError(
            f"the stamp does not hold: {error}", where=where, mend="fetch it from its copy"
        ) from error
    return response.tst_info.gen_time


def read_roots(file: Path) -> list[x509.Certificate]:
    """The certificates of a PEM file. InputError where there are none."""
    try:
        found = x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError) as error:
        mend = "name a PEM file with the authority's root certificate (MAPAE_TSA_ROOTS, --roots)"
        raise InputError("no certificates to hold stamps against", where=str(file), mend=mend) from error
    return found


_LATER = "the next round asks again; check MAPAE_TSA if it goes on"


def _post(url: str, body: bytes, rules: FetchRules, resolver: Resolver) -> bytes:
    network = GuardedNetwork(rules, resolver, Budget(rules.total, time.monotonic))
    target = httpx.URL(url)
    headers = [
        ("Host", target.netloc.decode("ascii")), ("User-Agent", rules.agent), ("Content-Type", _QUERY),
        ("Content-Length", str(len(body))), ("Connection", "close"),
    ]  # fmt: skip
    waits = {"connect": rules.connect, "read": rules.wait, "write": rules.wait}
    try:
        with (
            httpcore.ConnectionPool(network_backend=network, retries=0) as pool,
            pool.stream("POST", url, headers=headers, content=body, extensions={"timeout": waits}) as answer,
        ):
            kinds = {key.lower(): value for key, value in answer.headers}
            kind = kinds.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
            if answer.status != 200 or kind != _REPLY:
                raise InputError(
                    f"the time-stamping authority answered {answer.status} {kind}", where=url, mend=_LATER
                )
            return read_body(answer.iter_stream(), rules.size)
    except AddressRefused as error:
        mend = "only public addresses are asked, in training mode only this machine"
        raise InputError(f"the address may not be asked: {error}", where=url, mend=mend) from error
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        TooLarge,
        OSError,
    ) as error:
        why = str(error) or type(error).__name__
        raise InputError(
            f"the time-stamping authority cannot be reached: {why}", where=url, mend=_LATER
        ) from error


def _decoded(stamp: bytes, where: str) -> TimeStampResponse:
    try:
        return decode_timestamp_response(stamp)
    except ValueError as error:
        raise InputError("not a time-stamp (RFC 3161)", where=where, mend="fetch it from its copy") from error


def _amiss(response: TimeStampResponse, request: TimeStampRequest) -> str:
    """Why the answer is not one to this request; empty where it is. Certificates are looked at when stamps are verified."""
    try:
        told = response.tst_info
        if response.status != 0:
            return f"status {response.status}"
        if told.nonce != request.nonce:
            return "it answers another request"
        if told.message_imprint.message != request.message_imprint.message:
            return "it is over other bytes"
    except ValueError as error:
        return str(error)
    return ""
