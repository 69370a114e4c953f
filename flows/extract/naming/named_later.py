"""Who speaks in the lead without a name and is named as he speaks on: "A publicist said … Ivo Brandl told a paper"."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nameless import is_in_lead, is_one_more
from flows.extract.naming.nominals import is_plural
from flows.extract.naming.particulars import may_be_meant
from flows.extract.naming.quotes import says
from flows.extract.naming.sorts import sorts_of
from flows.records import Mention

_FOR_SOMEBODY: Final = "SPOKESMEN"  # who may be named without being called so once more
_WITHIN: Final = 2  # sentences later in which the name must follow


def name_the_speaker(chains: Chains) -> None:
    """Join the one who speaks nameless in the lead to whoever speaks in the next sentences, named for the first time.

    Whoever is told there to be something else is another.
    """
    speaking = [i for i, mention in enumerate(chains.mentions) if _speaks_nameless(chains, i, mention)]
    chain = chains.get(speaking[0]) if len(speaking) == 1 else None
    if chain is None:
        return
    root = chains.doc[chains.mentions[speaking[0]].root]
    for index, other in enumerate(chains.mentions):
        person, name = chains.get(index), chains.doc[other.root]
        apart = chains.sentence[name.i] - chains.sentence[root.i]
        if apart < 0 or other.form != "name" or person is None or person.kind != "person":
            continue
        if apart > _WITHIN:
            return
        if apart and min(person.members) == index:
            if _says(name) and _may_be(chains, root, person):
                chains.join(chain, person)
            return


def _says(token: Token) -> bool:
    """Whether somebody says something who is no paper's writer: not "the Post's Ivo Brandl"."""
    is_anyones = any(child.dep_ == "poss" for child in token.lefts) and token.pos_ == "PROPN"
    return not is_anyones and (says(token) or (token.dep_ == "nsubj" and token.head.lemma_ == "tell"))


def _speaks_nameless(chains: Chains, index: int, mention: Mention) -> bool:
    root, chain = chains.doc[mention.root], chains.get(index)
    if mention.form != "nominal" or chain is None or chain.kind != "unnamed" or chain.names or is_plural(root):
        return False
    return is_in_lead(chains, root) and _says(root) and not is_one_more(root)


def _may_be(chains: Chains, root: Token, person: Chain) -> bool:
    """Whether neither sex nor calling speaks against it."""
    called = [chains.mentions[i] for i in person.members if chains.mentions[i].form == "nominal"]
    words = {chains.doc[one.root].lemma_.lower() for one in called}
    words |= {word.lower() for i in person.members for word in (chains.mentions[i].title_text or "").split()}
    mine = root.lemma_.lower()
    is_for_somebody = _FOR_SOMEBODY in sorts_of(mine)
    alike = mine in words or any(sorts_of(mine) & sorts_of(word) for word in words) or (not words and is_for_somebody)
    return alike and may_be_meant(chains, person, root)
