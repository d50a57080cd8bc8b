"""The page behind a consumer's secret address: status for whoever holds it, personal data and acts behind a code."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mapae.desk.agent.forms import kept_files
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline import desk_search
from mapae.desk.helpline.actions import allowed, run
from mapae.desk.helpline.advice import advice, filled, title
from mapae.desk.helpline.consumer import opened
from mapae.desk.helpline.consumer.outlook import lines, of_complaint
from mapae.desk.helpline.consumer.story import (
    answers_with_days,
    case_told,
    feed_of,
    happenings,
    letters_to,
    standing,
)
from mapae.desk.helpline.intake import ADVISED, added
from mapae.desk.helpline.mediation_file import as_json
from mapae.desk.helpline.mediation_paper import pdf
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.proposals import accepted_by
from mapae.desk.helpline.share import agreed, current, has_receiver, send_more, sent_fields
from mapae.desk.helpline.telling import reachable
from mapae.desk.law import book, said
from mapae.desk.public.helpline_fields import REST, rest_faults, sent
from mapae.desk.public.helpline_link import by_link
from mapae.desk.uploads import ACCEPT, download
from mapae.workflow.complaints import complaint_outcomes, complaint_verbs

__all__ = ["act", "add", "code", "feed", "feed_rss", "file", "follow", "mediation_json", "mediation_pdf"]

# verbs with a button here; those that send something to somebody have a page of their own
HERE = (
    "accept", "decline", "reply", "confirm_performed", "not_performed", "apply_redress", "apply_mediation",
    "accept_proposal", "decline_proposal", "leave_collective", "split", "take_back", "name_shop",
)  # fmt: skip
WORDED = ("decline", "reply", "not_performed", "apply_redress")  # a few words may go with them
EARLY = ("received", "advised")  # later the procedure's own next step comes first
PARTY, REACHED = (
    ("apply_redress", "apply_mediation"),
    ("name", "email", "phone"),
)  # who applies has to be known
DANGEROUS = ("decline_proposal", "take_back", "accept_proposal")


@by_link()
def follow(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Where it stands; with the code given: what was told, answers, letters, and what can be done now."""
    is_open = opened.is_open(request, complaint)
    context: dict[str, Any] = {
        "complaint": complaint,
        "link": complaint.link,
        "status": standing(complaint),
        "happenings": happenings(complaint),
        "open": is_open,
        "reachable": reachable(complaint),
        "pin": request.session.pop(f"help-pin-{complaint.pk}", "") if is_open else "",
        "outcome": complaint_outcomes(book()).get(complaint.outcome),
        "address": request.build_absolute_uri(reverse("help-follow", args=[complaint.link])),
    }
    context["case_words"], context["others"] = case_told(complaint)
    if complaint.collective:
        context["members"] = complaint.collective.complaints.count()
    if is_open:
        context |= _open_part(complaint)
    return render(request, "desk/public_help_follow.html", context)


@by_link(only_post=True)
def code(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Ask for a code, open with one, or shut the page."""
    place = redirect("help-follow", link=complaint.link)
    if request.POST.get("do") == "ask":
        channel = opened.ask_code(complaint)
        told = (
            _("A code is on its way to your e-mail.")
            if channel == "email"
            else _("A code is on its way to your phone.")
        )
        messages.success(request, told)
    elif request.POST.get("do") == "shut":
        opened.shut(request, complaint)
    else:
        opened.open_with(request, complaint, request.POST.get("code", ""))
    return place


@by_link(opened=True, only_post=True)
def act(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """One of the consumer's verbs."""
    verb = request.POST.get("verb", "")
    if verb in HERE:
        text = request.POST.get("text", "").replace("\0", "").strip()[:4000]
        said = {"shop": text[:120]} if verb == "name_shop" else {"text": text} if verb in WORDED else {}
        files = kept_files(request) if verb == "reply" else ()
        with transaction.atomic():
            if verb in PARTY:
                _as_party(request, complaint)
            run(verb, "consumer", complaint, **said)
            if files:
                added(complaint, "", files)
                send_more(complaint, files)
        messages.success(request, _("Done. You see below what comes next."))
    return redirect("help-follow", link=complaint.link)


def _as_party(request: HttpRequest, complaint: Complaint) -> None:
    """A name and a way to be reached, which the application needs and the complaint did not; Refused without them."""
    lacks = [name for name in REACHED if not getattr(complaint, name)]
    told = {name: each for name, each in sent(request, {key: REST[key] for key in lacks}).items() if each}
    if wrong := rest_faults(told):
        raise Refused(next(iter(wrong.values())))
    for name, value in told.items():
        setattr(complaint, name, value)
    if not complaint.name or not (complaint.email or complaint.phone):
        raise Refused(_("Write your name and how the agency reaches you: both go into the application."))
    if told:
        complaint.save(update_fields=list(told))
        desk_search.keep([complaint])


@by_link(opened=True, only_post=True)
def add(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """More words or files from the consumer; officers read them, the agent gets none of them."""
    text = request.POST.get("text", "").replace("\0", "").strip()[:4000]
    files = kept_files(request)
    if not text and not files:
        raise Refused(_("Write something or choose a file."))
    added(complaint, text, files)
    messages.success(request, _("Added. An officer reads it."))
    return redirect("help-follow", link=complaint.link)


@by_link()
def feed(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The status as an Atom feed."""
    return HttpResponse(feed_of(complaint, "atom"), content_type="application/atom+xml; charset=utf-8")


@by_link()
def feed_rss(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The same for readers that know RSS only."""
    return HttpResponse(feed_of(complaint, "rss"), content_type="application/rss+xml; charset=utf-8")


@by_link(opened=True)
def file(request: HttpRequest, complaint: Complaint, sha256: str) -> HttpResponse:
    """A file of the complaint: the consumer's own, or the agent's."""
    row = complaint.files.exclude(by="officer").filter(file__sha256=sha256).select_related("file").first()
    return download(row.kept) if row else redirect("help-follow", link=complaint.link)


@by_link(opened=True)
def mediation_pdf(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The consumer's own copy of what the settlement commission gets, on paper."""
    return _taken(complaint, pdf(complaint), "application/pdf", "pdf")


@by_link(opened=True)
def mediation_json(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The same as data."""
    return _taken(complaint, as_json(complaint), "application/json", "json")


def _taken(complaint: Complaint, content: bytes, media_type: str, ending: str) -> HttpResponse:
    """A file to keep; that it was taken is noted."""
    record("consumer", "read_personal", f"complaint:{complaint.pk}", file="mediation")
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{complaint.number}.{ending}"'
    return answer


def _about(verb: str, complaint: Complaint) -> str:
    """The key of what the page says of the verb: where nothing is shared nobody loses sight of it."""
    return "take_back_unshared" if verb == "take_back" and agreed(complaint) is None else verb


def _open_part(complaint: Complaint) -> dict[str, Any]:
    may, titles = allowed("consumer", complaint), complaint_verbs(book())
    if complaint.state == "proposed" and "consumer" in accepted_by(complaint):
        may = [
            verb for verb in may if not verb.endswith("_proposal")
        ]  # said already; the other side has to speak
    told, offers = of_complaint(complaint), {**advice("remedies"), **advice("offers")}
    share = current(complaint)
    goes = bool({"hand_over", "send_to_network"} & set(may)) and not complaint.anonymous
    goes = goes and told.responsible in ("agent", "social_network")
    return {
        "outlook": told,
        "periods": lines(told.periods),
        "acts": [
            {
                "key": key,
                "title": titles[key].title,
                "about": filled(advice("acts")[_about(key, complaint)]),
                "worded": key in WORDED,
                "dangerous": key in DANGEROUS,
                "party": key in PARTY and not (complaint.name and (complaint.email or complaint.phone)),
            }
            for key in HERE
            if key in may and key != "name_shop"
        ],
        "may_name": "name_shop" in may,
        "may_share": goes and has_receiver(complaint),
        "no_receiver": goes and not has_receiver(complaint),
        "share": share,
        "sent": sent_fields(complaint),
        "early": complaint.state in EARLY,
        "answering": complaint.state in ("answered", "asked"),
        "agreed": agreed(complaint),
        "may_withdraw": not complaint.anonymous
        and complaint.state != "closed",  # whatever the triage made of it
        "withdraws": told.responsible in ADVISED and complaint.state in EARLY,
        "answers": [
            (each, said(offers[each.offer]) if each.offer in offers else "", by)
            for each, by in answers_with_days(complaint)
        ],
        "told": letters_to(complaint),
        "mails": [(each.at, each.told) for each in complaint.events.filter(kind="mail_received")],
        "more": [(each.at, each.told) for each in complaint.events.filter(kind="added") if each.told],
        "accept": ",".join(ACCEPT),
        "letters": list(complaint.withdrawals.all()),
        "files": list(complaint.files.exclude(by="officer").select_related("file").order_by("pk")),
        "remedy": title("remedies", complaint.remedy) if complaint.remedy else "",
    }
