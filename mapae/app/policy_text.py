"""The text of one document: Markdown, text, HTML or PDF, as screening reads it."""

from __future__ import annotations

from pathlib import Path

from mapae.app.inputs import open_inputs
from mapae.errors import InputError

__all__ = ["policy_text"]


def policy_text(document: Path) -> str:
    """The document's text by the reader of its type. InputError where there is no such file or no text in it."""
    feed = open_inputs((document,), kind="policy").feeds[0]
    texts = [str(text) for batch in feed.batches() for text in batch.column("text").to_pylist() if text]
    if not texts:
        reasons = ", ".join(str(item["reason"]) for item in feed.rejects())
        raise InputError(
            reasons or "the document holds no text",
            where=str(document),
            mend="save it as text, Markdown, HTML or PDF",
        )
    return texts[0]
