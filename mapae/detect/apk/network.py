"""Whether an app may send in clear: the manifest's word, the network security configuration, Android's default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mapae.detect.apk.archive import Broken, Members
from mapae.detect.apk.binary import children, said, tree, truth
from mapae.detect.apk.resources import Resources

__all__ = ["cleartext"]

_LIMIT = 4 << 20
_DEFAULT_UNTIL = 27  # Android 9 (28) and later forbid it unless an app says otherwise
_USUAL = ("res/xml/network_security_config.xml", "res/xml/network_config.xml", "res/xml/network_security.xml")


def cleartext(archive: Members, resources: Resources, application: Any, target: int) -> dict[str, Any]:
    """`allowed`, `why` (config, attribute, default), `domains` with a rule of their own, `user_certificates` trusted.

    Developer documentation of Android, network security configuration: where one is there, the attribute counts for
    devices before Android 7 only.
    """
    usual = target <= _DEFAULT_UNTIL
    word = resources.truth(said(application, "usesCleartextTraffic"))
    plain = {"allowed": usual, "why": "default", "domains": [], "user_certificates": False}
    if word is not None:
        plain |= {"allowed": word, "why": "attribute"}
    reference = said(application, "networkSecurityConfig")
    if reference is None:
        return plain
    rules = _rules(archive, resources.value(reference))
    return plain if rules is None else _configured(rules, usual)


def _rules(archive: Members, place: str | None) -> Any:
    for name in archive.named([place] if place else _USUAL):
        try:
            return tree(archive.read(name, _LIMIT))
        except Broken as error:
            archive.note(f"the network security configuration cannot be read: {error}")
    archive.note("the network security configuration is not there")
    return None


def _configured(rules: Any, usual: bool) -> dict[str, Any]:
    base = next(children(rules, "base-config"), None)
    allowed = _permits(base, usual)
    domains = [
        {"domain": name, "allowed": permitted}
        for name, permitted in _domains(rules, allowed)
        if permitted != allowed
    ]
    users = any(
        said(item, "src") == "user"
        for part in (base, *children(rules, "domain-config"))
        if part is not None
        for item in part.iter("certificates")
    )
    return {"allowed": allowed, "why": "config", "domains": domains[:200], "user_certificates": users}


def _permits(part: Any, otherwise: bool) -> bool:
    word = truth(said(part, "cleartextTrafficPermitted")) if part is not None else None
    return otherwise if word is None else word


def _domains(part: Any, above: bool) -> Iterator[tuple[str, bool]]:
    """Each domain with its rule; what a rule leaves open it takes from the one around it."""
    for rule in children(part, "domain-config"):
        allowed = _permits(rule, above)
        for domain in children(rule, "domain"):
            yield (domain.text or "").strip(), allowed
        yield from _domains(rule, allowed)
