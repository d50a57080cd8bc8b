"""The bodies (authorities) of the desk."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mapae.desk.law import book, said

__all__ = ["Body"]


class Body(models.Model):
    """An authority by its key in competence.yaml, with its letterhead."""

    key = models.SlugField(unique=True)
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    department_ko = models.CharField(max_length=80, blank=True)
    department_en = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        chinese = book().pack.data("documents/form.yaml")["bodies_zh"].get(self.key, "")
        return said({"ko": self.name_ko, "en": self.name_en, "zh": chinese})
