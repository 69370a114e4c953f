"""Those who are told of together: "Brandl and Odell said", and the "they" that takes both up.

Of what two say together, either alone is not the speaker: the two are an actor of the article, a group named after
its members. As in Prague-style dependencies, the conjunction is the root of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nominals import is_plural, role_of
from flows.records import Mention
from flows.resources import lexicon

_AND: Final = frozenset({"and", "&"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_BEHIND: Final = frozenset({"dobj", "npadvmod", "attr", "oprd", "dep"})  # a subject behind its verb, to the parser
_ACTORS: Final = frozenset(
    {"person", "unnamed", "group", "organisation", "armed_group", "government", "country", "media"}
)
_LONGEST: Final = 40  # tokens from the first head to the last


def is_joint(root: Token) -> bool:
    """Whether the mention with that root is of several joined by "and"."""
    return root.dep_ == "cc" and root.lower_ in _AND  # an unlucky parse makes conjunctions of nouns


def top_of(conjunction: Token) -> Token:
    """The first of those that the conjunction joins: it has the part of all in the sentence."""
    token = conjunction.head
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token


def is_beside(chains: Chains, chain: Chain, token: Token) -> bool:
    """Whether the text joins the noun with a mention of the chain: "the bureau and the agency" are two."""
    beside = (chains.at_root.get(other.i) for other in token.conjuncts)
    return any(chains.get(index) is chain for index in beside if index is not None)


def find_joint(doc: Doc, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A mention for each of the coordinations that act: the subjects of a verb, and whom it is told according to."""
    by_root = {mention.root: mention for mention in reversed(mentions)}
    text = doc.text
    for token in doc:
        if token.dep_ == "conj" or token.i not in by_root or not any(c.dep_ == "conj" for c in token.children):
            continue
        heads, conjunction = _joined(token)
        if conjunction is None or not _acts(token) or heads[-1].i - token.i > _LONGEST:
            continue
        found = [by_root.get(head.i) for head in heads]
        if one_of_two_callings(token) is not None:
            continue
        if all(mention is not None and mention.kind in _ACTORS for mention in found):
            start, end = min(m.start for m in found if m), max(m.end for m in found if m)
            yield Mention(start, end, text[start:end], "nominal", "group", None, conjunction.i)


def _joined(top: Token) -> tuple[list[Token], Token | None]:
    """The heads of the coordination that begins with `top`, and its last "and"; None where "or" or "but" joins."""
    heads, conjunction = [top], None
    current: Token | None = top
    while current is not None:
        for child in current.children:
            if child.dep_ == "cc" and child.i > current.i:
                if child.lower_ not in _AND:
                    return heads, None
                conjunction = child
        current = next((c for c in current.children if c.dep_ == "conj" and c.i > heads[-1].i), None)
        if current is not None:
            heads.append(current)
    return heads, conjunction


def one_of_two_callings(top: Token) -> Token | None:
    """The second noun, or the name behind it, where two callings of one person are joined.

    "The farmer and mayor said", "activist and singer Jane Doe said", "Doe, head and founder of the school, said",
    "Doe of the Harlow Institute and a former judge said": the second has no article of its own, or says what
    somebody is who was told of fully before.
    """
    second = next((c for c in top.children if c.dep_ == "conj" and c.i > top.i), None)
    if second is None or any(c.dep_ == "conj" for c in second.children) or _is_several(top):
        return None
    own = [c for c in second.lefts if c.dep_ in {"det", "poss", "nummod"}]
    calling = role_of(second)
    if second.pos_ != "PROPN" or calling is not None:
        if calling is None or calling.kind != "unnamed" or is_plural(second):
            return None
        indefinite = any(c.lower_ in {"a", "an"} for c in own)
        told = any(c.dep_ == "prep" and c.i < second.i for c in top.children)
        return second if not own or (indefinite and told and top.pos_ == "PROPN") else None
    first = role_of(top)
    titled = any(c.dep_ in {"compound", "nmod"} and role_of(c) is not None for c in second.lefts)
    return second if titled and not own and first is not None and not is_plural(top) and top.pos_ == "NOUN" else None


def _is_several(top: Token) -> bool:
    """Whether the verb, or a "both", shows that the subject is more than one."""
    verb = [top.head, *(c for c in top.head.children if c.dep_ in {"aux", "auxpass"})]
    both = any(c.lower_ == "both" for c in (*top.children, *top.head.children))
    return both or any(t.lower_ in {"were", "are", "have"} and t.tag_ != "VB" for t in verb)


def _acts(top: Token) -> bool:
    verb = top.head
    if top.dep_ == "pobj":
        return verb.lower_ == "to" and verb.head.lower_ == "according"
    if top.dep_ in _SUBJECTS:
        return not _is_singular(verb)
    return top.dep_ in _BEHIND and verb.i == top.left_edge.i - 1 and _reports(verb) and verb.nbor(-1).is_punct


def _is_singular(verb: Token) -> bool:
    """Whether the verb shows that it has one subject: "the mayor and leader of the party says"."""
    finite = [verb, *(child for child in verb.children if child.dep_ in {"aux", "auxpass"})]
    return any(token.tag_ == "VBZ" or token.lower_ == "was" for token in finite)


def _reports(verb: Token) -> bool:
    return verb.i > 0 and verb.lemma_.lower() in _reporting()


@cache
def _reporting() -> frozenset[str]:
    return frozenset(row["lemma"] for row in lexicon("cues") if row["pos"] == "VERB")


def link_joint(chains: Chains) -> None:
    """Give each coordination not linked yet, all of whose members are known, the actor that they are together."""
    by_root = {mention.root: i for i, mention in reversed(tuple(enumerate(chains.mentions)))}
    known = {_key(chain.parts): chain for chain in chains.all if chain.parts}
    for index, mention in enumerate(chains.mentions):
        root = chains.doc[mention.root]
        if mention.form != "nominal" or not is_joint(root) or chains.get(index) is not None:
            continue
        heads, _ = _joined(top_of(root))
        found = [chains.get(by_root[head.i]) for head in heads if head.i in by_root]
        parts = tuple(chain for chain in found if chain is not None)
        if len(parts) < len(heads) or len(_key(parts)) < len(heads):
            continue
        chain = known.get(_key(parts))
        if chain is None:
            chain = known[_key(parts)] = chains.new("group")
            chain.parts = parts
        chains.add(index, chain)


def _key(parts: Iterable[Chain]) -> frozenset[int]:
    return frozenset(id(part) for part in parts)


def drop_idle(chains: Chains) -> frozenset[int]:
    """Take out the coordinations that are no actor of their own: they tell nothing, and no pronoun takes them up."""
    found = set()
    for index, mention in enumerate(chains.mentions):
        if mention.form != "nominal" or not is_joint(chains.doc[mention.root]):
            continue
        chain = chains.get(index)
        taken_up = chain is not None and any(chains.mentions[i].form == "pronoun" for i in chain.members)
        if chain is None or not (taken_up or _tells(chains, chain)):
            found.add(index)
    for index in found:
        chains.leave(index)
    return frozenset(found)


def _tells(chains: Chains, chain: Chain) -> bool:
    tops = [top_of(chains.doc[chains.mentions[i].root]) for i in chain.members]
    return any(top.dep_ == "pobj" or _reports(top.head) for top in tops)
