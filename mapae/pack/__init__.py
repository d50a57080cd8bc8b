"""A pack: one country's law, lists, vocabularies and wording as data; found, compiled and checked here."""

from mapae.pack.load import Pack, find_pack, load_pack

__all__ = ["Pack", "find_pack", "load_pack"]
