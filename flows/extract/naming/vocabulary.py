"""The word lists that the rules of naming ask for."""

from __future__ import annotations

from flows.resources import classes


def word_class(name: str) -> frozenset[str]:
    """The words of a class of naming_words.tsv. Raises KeyError for an unknown class."""
    return classes("naming_words")[name]
