"""Who a session belongs to: the person with body and firm in one question, as every page names them."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from mapae.desk.accounts.models import User

__all__ = ["People"]


class People(ModelBackend):
    """Django's own check of e-mail and password."""

    def get_user(self, user_id: int) -> User | None:
        """The person of that number, if they may still work."""
        found = User.objects.select_related("body", "firm").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
