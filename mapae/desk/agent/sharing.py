"""Addresses for sellers: the agent makes one for an item, forwards it, and can make it void."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk.agent.forms import told
from mapae.desk.answers.links import make_link, revoke_link
from mapae.desk.answers.models import SellerLink
from mapae.desk.scope import items_for

__all__ = ["make", "revoke"]


@require_POST
@told(lambda pk: reverse("agent-item", args=[pk]))
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """A new address for the item's seller."""
    item = get_object_or_404(items_for(request.user), pk=pk)
    make_link(request.user, item, request.POST.get("language", ""))
    messages.success(request, _("The address is ready. Forward it to the seller; nobody else needs it."))
    return redirect(f"{reverse('agent-item', args=[pk])}#seller")


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The address no longer opens anything."""
    mine = SellerLink.objects.filter(firm_id=request.user.firm_id, item__in=items_for(request.user))
    link = get_object_or_404(mine.select_related("item"), pk=pk)
    revoke_link(request.user, link)
    messages.success(request, _("The address is void now."))
    return redirect(f"{reverse('agent-item', args=[link.item_id])}#seller")
