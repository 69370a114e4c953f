"""Names that the text itself gives one person: "Nora Brandl, also known as Emma Lund"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from flows.extract.naming.chains import Chains

_OWNING: Final = frozenset({"poss", "nsubj", "nsubjpass"})  # "known as Odell's man"
_ALSO: Final = re.compile(
    r"[\"”’']*,?\s?(?:[(—–-]\s?)?(?:who\s)?(?:(?:is|was|became|had been)\s)?"
    r"(?:(?:also|better|best|otherwise|widely|formerly|popularly|commonly|locally|professionally|affectionately)\s)?"
    r"(?:known\s(?:to\s\w+\s)?as|nicknamed|a\.?k\.?a\.?)\s[\"“'‘`]*"
)


def join_renamed(chains: Chains) -> None:
    """Make one of two persons where the second name is said to be another of the first."""
    names = [index for index, mention in enumerate(chains.mentions) if mention.form == "name"]
    for first, second in pairwise(names):
        one, other = chains.get(first), chains.get(second)
        if one is None or other is None or one is other or not one.kind == other.kind == "person":
            continue
        start, end = chains.mentions[first].end, chains.mentions[second].start
        root = chains.doc[chains.mentions[second].root]
        is_anothers = root.dep_ in _OWNING or any(child.tag_ == "POS" for child in root.children)
        if not is_anothers and _ALSO.fullmatch(chains.text, start, end):
            chains.join(other, one)
