"""Tells merchants and rights holders who left an e-mail address that something happened: no fact, no secret address.

An address may be their own or one that forwards. The mail is read on its way and in strange hands, so that it names neither
platform nor matter; what happened in detail stands on the page, which only they can find.
"""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import put
from mapae.desk.helpline.telling import Words
from mapae.desk.law import said
from mapae.desk.merchants.models import MerchantReport
from mapae.desk.merchants.sentences import sentences
from mapae.desk.rights.models import RightsHolder
from mapae.errors import InputError

__all__ = ["PREFIX", "receiver", "tell", "words"]

PREFIX = "secret-page:"  # `secret-page:merchant:12`: of report 12
TOLD = frozenset(
    {"joined", "wrote", "disclosure", "platform_replied", "closed", "right_confirmed", "right_refused"}
)
_KINDS = {"merchant": MerchantReport, "holder": RightsHolder}


def tell(kept: MerchantReport | RightsHolder, event: str, stamp: str) -> None:
    """Put the event into the outbox, in the caller's transaction, where it is one to tell and an address was left. stamp:
    names this event, so that it leaves once."""
    if event in TOLD and kept.email:
        kind = "merchant" if isinstance(kept, MerchantReport) else "holder"
        put(f"{kind}:{kept.pk}:{stamp}:{event}", "email", f"{PREFIX}{kind}:{kept.pk}", {"event": event})


def receiver(row: Outbox) -> str:
    """The address behind the row's; empty where it is gone."""
    kept = _kept(row)
    return kept.email if kept is not None else ""


def words(row: Outbox) -> Words:
    """The message of the row, in the language of who reads it. InputError where what it is about is gone."""
    kept = _kept(row)
    if kept is None:
        raise InputError("the report is gone", where=row.key)
    with translation.override(kept.language):
        subject = _("News on %(number)s") % {"number": kept.number}
        where = _("Open your page by the address and number that you keep. Neither stands in this mail.")
        foot = _("Do not answer this mail. We never ask for your number by e-mail.")
        return Words(subject, "\n".join([said(sentences()[row.payload["event"]]), "", where, foot]))


def _kept(row: Outbox) -> MerchantReport | RightsHolder | None:
    kind, _sep, pk = row.address.removeprefix(PREFIX).partition(":")
    return _KINDS[kind]._default_manager.filter(pk=pk).first() if kind in _KINDS and pk.isdigit() else None
