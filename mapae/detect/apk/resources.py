"""Values that a manifest names by number, looked up in the package's resource table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mapae.detect.apk.archive import Broken, Members
from mapae.detect.apk.binary import truth

__all__ = ["Resources"]

_TABLE = "resources.arsc"
_LIMIT = 64 << 20
_DEEP = 8  # references that point to references


@dataclass
class Resources:
    """The resource table of a package, read only where the manifest refers to it."""

    archive: Members

    def value(self, text: str | None) -> str | None:
        """The text itself, or what it refers to (`@7F0C001F`): the value of the default configuration, else of any.

        None where it cannot be resolved.
        """
        for _ in range(_DEEP):
            if text is None or not text.startswith("@"):
                return text
            text = self._looked_up(text[1:])
        return None

    def truth(self, text: str | None) -> bool | None:
        """Whether the text, or what it refers to, says yes; None where it says neither."""
        return truth(self.value(text))

    def _looked_up(self, number: str) -> str | None:
        table = self._table
        if table is None or ":" in number or len(number) > 8:
            return None
        try:
            found = table.get_resolved_res_configs(int(number, 16))
        except Exception as error:
            self.archive.note(f"a resource cannot be read: {type(error).__name__}")
            return None
        usual = [value for config, value in found if config.is_default()] or [value for _, value in found]
        return str(usual[0]) if usual else None

    @cached_property
    def _table(self) -> Any:
        from androguard.core.axml import ARSCParser

        try:
            return ARSCParser(self.archive.read(_TABLE, _LIMIT))
        except Broken as error:
            self.archive.note(str(error))
        except Exception as error:
            self.archive.note(f"the resource table cannot be read: {type(error).__name__}")
        return None
