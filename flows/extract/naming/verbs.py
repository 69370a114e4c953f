"""The verbs that news tells with, by the lexicons: in a heading, their capitals make names of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from flows.resources import lexicon, words

_DOUBLED: Final = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")  # one syllable, a short vowel


@cache
def verbs() -> frozenset[str]:
    """The verbs of events and of speech, in their bare form."""
    bare = {lemma for row in lexicon("event_triggers") if row["pos"] == "V" for lemma in row["lemma"].split("/")}
    return frozenset(bare | {row["lemma"] for row in lexicon("cues") if row["pos"] == "VERB"})


@cache
def verb_forms() -> frozenset[str]:
    """Their forms in "-s" and of the past: the bare form and that in "-ing" may be a noun's or a name's too."""
    forms = {form for verb in verbs() if verb.isalpha() for form in _forms(verb)}
    return frozenset(forms) | words("past_verbs") | words("saying_forms")


def _forms(verb: str) -> Iterator[str]:
    yield present_form(verb)
    if verb.endswith("y") and verb[-2] not in "aeou":
        yield verb[:-1] + "ied"
        return
    stem = verb.removesuffix("e")
    yield (verb + verb[-1] if _DOUBLED.fullmatch(verb) else stem) + "ed"  # "stopped"


def present_form(verb: str) -> str:
    """The form that headings tell with: "dies", "quits"."""
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "o")) else "s")
