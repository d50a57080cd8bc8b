"""Files of a row are called as they came with it, whoever sent the same content first by another name."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from mapae.desk.cases.models import Evidence

__all__ = ["WithFiles"]


class WithFiles(models.Model):
    """A row with kept files. names: SHA-256 of each → its name as it came here."""

    files = models.ManyToManyField("cases.Evidence", blank=True, related_name="+")
    names = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def attach(self, files: Iterable[Evidence]) -> None:
        """These files, as they are called now, and no others."""
        kept = list(files)
        self.files.set(kept)
        self.names = {each.sha256: each.name[:200] for each in kept}
        self.save(update_fields=["names"])

    @property
    def attached(self) -> list[Evidence]:
        """Its files as they came; of rows from before names were kept, as its firm may read them."""
        found = list(self.files.all())
        for each in found:
            each.name = self.names.get(each.sha256) or each.called(getattr(self, "firm_id", None))
        return found
