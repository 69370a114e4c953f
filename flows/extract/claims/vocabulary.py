"""The word lists that the rules of claims ask for: classes of words, and what papers and occasions are good for."""

from __future__ import annotations

from functools import cache

from flows.resources import classes, lexicon


def word_class(name: str) -> frozenset[str]:
    """The lemmas of a class of claim_words.tsv. Raises KeyError for an unknown class."""
    return classes("claim_words")[name]


@cache
def role_kinds() -> dict[str, str]:
    """The nouns for somebody without a name -> the kind of speaker that each stands for."""
    return {row["word"]: row["speaker_kind"] for row in lexicon("roles")}


@cache
def papers(use: str) -> frozenset[str]:
    """The lemmas of papers.tsv that serve `use`: occasion, dated, given, handed_on, authored or apart."""
    return frozenset(row["word"] for row in lexicon("papers") if use in row["uses"].split())
