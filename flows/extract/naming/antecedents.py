"""Whom a pronoun stands for: the antecedent that agrees, is not barred by the syntax, and is most to the fore."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains, the_one
from flows.extract.naming.joint import top_of
from flows.extract.naming.nominals import PRONOUNS
from flows.extract.naming.quotes import quoted, says, speakers
from flows.extract.naming.vocabulary import word_class
from flows.records import Mention

_PLURAL: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
_ORGANISATIONS: Final = frozenset({"organisation", "armed_group", "government", "media"})
_FAR: Final = 60  # mentions to look back
_SAYING: Final = word_class("TOLD_BY_SEVERAL")
_SENTENCES: Final = 3  # how far back a pronoun's antecedent may lie
_SENTENCES_FAR: Final = 8  # and where one person alone will do
_PEOPLE: Final = frozenset({"person", "unnamed", "group"})
_CONTROLLED: Final = frozenset({"xcomp", "pcomp", "acomp", "prep", "pobj", "dobj", "conj"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_DONE_TO: Final = frozenset({"dobj", "dative"})
_LITTLE: Final = 0.8  # of salience
_PARALLEL: Final = 1.5
_BY_FORM: Final = {"name": 0.3, "pronoun": 0.4}
_INDEFINITE: Final = frozenset({"a", "an", "no", "any", "every", "another"})
_WOULD: Final = frozenset({"would", "will", "should", "must", "may", "might", "could", "can", "shall", "'ll", "’ll"})


class Antecedents:
    """Finds the antecedents of one article's pronouns; `heads` gives the mention at a token, pronouns left out."""

    def __init__(self, chains: Chains, heads: dict[int, int]) -> None:
        self._chains = chains
        self._heads = heads
        self._quoted = quoted(chains.doc)
        self._at = {mention.root: index for index, mention in enumerate(chains.mentions)}
        self._speakers = speakers(chains.doc, self._quoted)
        self._every = _sentence_numbers(chains, [False] * len(self._quoted))
        # Without the sentences wholly quoted: whoever speaks goes on in them.
        self._told = _sentence_numbers(chains, self._quoted)

    def of(self, index: int) -> Chain | None:
        """The actor that the pronoun `index` stands for, as far as the answer is clear."""
        mention = self._chains.mentions[index]
        token = self._chains.doc[mention.root]
        wanted = PRONOUNS[mention.text.lower()]
        if wanted == "r":
            return _relative(self._chains, token, self._heads) or _just_before(self._chains, index)
        one = wanted in {"m", "f"}
        speaker = self._speaker(token) if one else None
        return _antecedent(self._chains, index, self._quoted, self._told if one else self._every, speaker)

    def _speaker(self, token: Token) -> Chain | None:
        """Whoever says the quotation that the token stands in, and is not the "he" of it."""
        subject = self._speakers.get(token.i)
        found = self._at.get(subject) if subject is not None else None
        return self._chains.get(found) if found is not None else None


def _sentence_numbers(chains: Chains, skipped: list[bool]) -> list[int]:
    """The number of each token's sentence; one whose words are all `skipped` doesn't count."""
    numbers: list[int] = []
    number = 0
    for sentence in chains.doc.sents:
        number += any(not skipped[t.i] and t.is_alpha for t in sentence)
        numbers += [number] * len(sentence)
    return numbers


def _antecedent(
    chains: Chains, index: int, flags: list[bool], sentences: list[int], speaker: Chain | None
) -> Chain | None:
    mention = chains.mentions[index]
    token = chains.doc[mention.root]
    wanted = PRONOUNS[mention.text.lower()]
    best: tuple[float, int] | None = None
    several: tuple[float, int] | None = None
    far: list[Chain] = []
    beside = _beside(chains, index)
    for back in range(index - 1, max(-1, index - _FAR), -1):
        other = chains.mentions[back]
        distance = sentences[token.i] - sentences[other.root]
        if distance > _SENTENCES and (best is not None or wanted not in {"m", "f"} or distance > _SENTENCES_FAR):
            break
        chain = chains.get(back)
        if chain is None or chain is speaker or id(chain) in beside or not _agrees(chains, chain, wanted):
            continue
        if flags[token.i] != flags[other.root] and (flags[other.root] or distance == 0):
            continue
        if _is_barred(chains, chain, other, mention):
            continue
        if distance > _SENTENCES:
            far.append(chain)
            continue
        score = _salience(chains, chain, other, distance, token)
        if best is None or score > best[0]:
            best = (score, back)
        if chains.is_plural(chain) and (several is None or score > several[0]):
            several = (score, back)
    if best is not None:
        return _several_or(chains, token, best, several)
    return the_one(far)


def _beside(chains: Chains, index: int) -> set[int]:
    """The chains (by id) that stand beside the pronoun at what is done to it, wherever else they are told of.

    "Doe ran against him", "replaced him with Doe"; not where the pronoun tells a place: "kept it with her", "by her".
    """
    token = chains.doc[chains.mentions[index].root]
    over = token.head if token.dep_ in _DONE_TO else None
    if token.dep_ == "pobj" and (token.head.lower_ == "against" or token.head.dep_ in {"dative", "agent"}):
        over = token.head.head
    is_one = PRONOUNS[token.lower_] in {"m", "f"} and not token.lower_.endswith("self")
    if over is None or over.pos_ != "VERB" or not is_one:
        return set()
    others = [child for child in over.children if child.dep_ in {*_SUBJECTS, "dobj"} and child != token]
    with_whom = [child for child in over.children if child.dep_ == "prep" and child.lower_ == "with"]
    others += [thing for prep in with_whom for thing in prep.children if thing.dep_ == "pobj"]
    found = (chains.get(chains.at_root[one.i]) for one in others if one.i in chains.at_root)
    return {id(chain) for chain in found if chain is not None}


def _relative(chains: Chains, token: Token, heads: dict[int, int]) -> Chain | None:
    """The noun that the relative clause of "who" hangs on."""
    verb = token
    while verb.dep_ != "relcl" and verb.head.i != verb.i and verb.dep_ != "ROOT":
        verb = verb.head
    if verb.dep_ != "relcl":
        return None
    noun = verb.head
    while True:
        found = heads.get(noun.i)
        chain = chains.get(found) if found is not None else None
        if chain is not None and (chain.kind in _PEOPLE or chains.is_plural(chain)):
            return chain
        # "The head of the Harlow family, who …": the clause may hang on the wrong noun.
        if noun.dep_ != "pobj" or noun.head.lower_ != "of":
            return None
        noun = noun.head.head


def _just_before(chains: Chains, index: int) -> Chain | None:
    """The person right before the comma before "who"."""
    if index == 0:
        return None
    other = chains.mentions[index - 1]
    between = chains.text[other.end : chains.mentions[index].start]
    chain = chains.get(index - 1)
    return chain if between in {", ", " "} and chain is not None and chain.kind in _PEOPLE else None


def _agrees(chains: Chains, chain: Chain, wanted: str) -> bool:
    if wanted in {"m", "f"}:
        return chain.kind in {"person", "unnamed"} and chain.gender in {wanted, None}
    if wanted == "p":
        return chains.is_plural(chain) or chain.kind in _ORGANISATIONS
    return chain.kind in _ORGANISATIONS | {"country"} and (chain.kind == "armed_group" or not chains.is_plural(chain))


def _bound(token: Token, other: Token) -> bool:
    """Whether both hang on one verb, so that a plain pronoun can't mean the other: "Doe saw him"."""
    if token.lower_.endswith(("self", "selves")) or token.dep_ == "poss":
        return False
    if token.head.i == other.head.i and other.dep_ in _SUBJECTS | {"dobj", "pobj"}:
        return True
    verb = token.head
    while verb.dep_ in _CONTROLLED and verb.head.i != verb.i:
        verb = verb.head
    # "Doe wants to see him": the subject of the upper verb is that of the lower one too.
    return token.dep_ not in _SUBJECTS and other.dep_ in _SUBJECTS and other.head.i == verb.i


def _is_barred(chains: Chains, chain: Chain, other: Mention, mention: Mention) -> bool:
    """Whether the pronoun can't mean it: both hang on one verb, it holds the pronoun, or it is nobody yet."""
    root = top_of(chains.doc[other.root]) if chain.parts else chains.doc[other.root]
    if _bound(chains.doc[mention.root], root) or other.end > mention.start:  # "its" is not "its government"
        return True
    return _to_come(chain, root) or _only_likened(chains, chain)


def _to_come(chain: Chain, root: Token) -> bool:
    """Whether that is somebody who may never be: "a judge would lead the inquiry"."""
    if len(chain.members) > 1 or chain.names:
        return False
    if root.dep_ == "pobj" and root.head.lower_ == "as":  # "would not stand again as leader"
        return True
    return (
        root.dep_ in _SUBJECTS
        and _is_indefinite(root)
        and any(c.dep_ == "aux" and c.lower_ in _WOULD for c in root.head.children)
    )


def _only_likened(chains: Chains, chain: Chain) -> bool:
    """Whether somebody else is only likened to that: "he looked like a man who had lost"."""
    first = chains.doc[chains.mentions[min(chain.members)].root]
    return not chain.names and first.dep_ == "pobj" and first.head.lower_ == "like" and _is_indefinite(first)


def _is_indefinite(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in _INDEFINITE for c in noun.lefts)


def _salience(chains: Chains, chain: Chain, other: Mention, distance: int, token: Token) -> float:
    """How much to the fore a mention stands: near, subject, name; sources ("officials said") stand back."""
    root = top_of(chains.doc[other.root]) if chain.parts else chains.doc[other.root]
    score = -1.0 * distance
    while root.dep_ == "conj" or (root.dep_ == "appos" and other.form == "name" and chain.kind == "person"):
        root = root.head
    source = chain.kind != "media" and _is_named_source(root)
    if root.dep_ in _SUBJECTS or source:
        score += 1.2
    elif root.dep_ in {"poss", "pobj"}:
        score -= 0.3
    if _is_object_before(token, root):
        score += _PARALLEL
    if token.lower_ in _PLURAL and not chains.is_plural(chain):
        score -= 1.0
    if other.form == "nominal" and chain.kind == "group" and not chain.parts and root.head.lemma_ in _SAYING:
        score -= 0.9
    if chain.gender is not None and chain.gender == PRONOUNS[token.lower_]:
        score += 0.8
    score += _BY_FORM.get(other.form, 0.0)
    if distance == 1 and (_both_say(token, root) or (_says(token) and (source or _says(root)))):
        score += 0.4  # who spoke last speaks on
    return score - 0.002 * abs(token.i - other.root)


def _is_object_before(token: Token, other: Token) -> bool:
    """Whether what is done next is done to the same one: "dismissed Doe and replaced him"."""
    is_next = token.dep_ == "dobj" and token.head.dep_ == "conj" and token.head.pos_ == "VERB"
    return is_next and other.dep_ == "dobj" and other.head.i == token.head.head.i


def _several_or(
    chains: Chains, token: Token, best: tuple[float, int], several: tuple[float, int] | None
) -> Chain | None:
    """The best one, but for "they" the several that are nearly as good as a body which the article calls "it"."""
    found = chains.get(best[1])
    if token.lower_ in _PLURAL and several is not None and found is not None and several[0] > best[0] - _LITTLE:
        return chains.get(several[1]) if _is_it(chains, found) else found
    return found


def _is_it(chains: Chains, chain: Chain) -> bool:
    """Whether the article calls a body "it", and never by a plural: "the party", not "Republicans"."""
    roots = [chains.doc[chains.mentions[i].root] for i in chain.members]
    is_several = any(root.tag_ in {"NNS", "NNPS"} for root in roots)
    return not is_several and any(PRONOUNS.get(root.lower_) == "n" for root in roots)


def _both_say(token: Token, other: Token) -> bool:
    """Whether both are subjects of one of the commonest verbs of saying, wherever it stands."""
    return all(one.dep_ == "nsubj" and one.head.lemma_ in _SAYING for one in (token, other))


def _says(token: Token) -> bool:
    """Whether the token is the first subject of its sentence, and of a verb that nearly always tells what was said."""
    verb = token.head
    if not says(token) or verb.dep_ != "ROOT":
        return False
    return not any(t.dep_ in _SUBJECTS and t.head.pos_ != "AUX" for t in token.doc[token.sent.start : token.i])


def _is_named_source(token: Token) -> bool:
    """Whether the token is the Doe of "according to Doe"."""
    return token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lower_ == "according"
