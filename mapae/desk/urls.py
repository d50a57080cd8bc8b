"""The root of the desk's addresses: the route tables and the API."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from mapae.desk.api.v1 import api
from mapae.desk.routes import patterns

urlpatterns = [*patterns(), path("language", set_language, name="set_language"), path("api/v1/", api.urls)]
handler403 = "mapae.desk.public.views.forbidden"
handler404 = "mapae.desk.public.views.missing"
handler500 = "mapae.desk.public.views.broken"
