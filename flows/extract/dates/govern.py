"""Which time expression a verb has: the one that modifies it in the parse, not the nearest one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.dates.beside import VERBAL
from flows.extract.dates.syntax import root_of, said_before
from flows.extract.dates.verbs import lemmas
from flows.resources import words

_CACHE: Final = "hearsay_dates_of_verbs"
_ADVERBIAL: Final = ("npadvmod", "advmod", "tmod", "dobj", "attr", "nmod", "appos", "dep", "oprd")
# Parts of a noun phrase, and subjects: "2018 taxes", "Palm Sunday coincides with".
_NO_ADVERB: Final = ("nsubj", "nsubjpass", "csubj", "nummod", "compound", "amod", "poss", "det")
# Prepositions that say on which side of the date something lies, not that it lies on it.
_BESIDE: Final = ("before", "after", "until", "till", "since", "through", "than", "by", "prior", "following", "beyond")


def date_of(doc: Doc, token_index: int) -> int | None:
    """The index in `doc._.dates` of the expression that modifies the verb at `token_index`; None without one.

    Taken are DATE and TIME expressions, and lengths with known days ("in the past two weeks"), that hang on the verb
    (or its auxiliary, the verb whose complement it is, or the light verb of a noun) as adverbial or through a
    preposition; one with known days before one without.
    """
    return _of_verbs(doc).get(token_index)


def _of_verbs(doc: Doc) -> Mapping[int, int]:
    """Token index to index in `doc._.dates`, worked out once for as long as these dates stand."""
    kept = doc.user_data.get(_CACHE)
    if kept is None or kept[0] is not doc._.dates:
        kept = (doc._.dates, _work_out(doc))
        doc.user_data[_CACHE] = kept
    found: Mapping[int, int] = kept[1]
    return found


def _work_out(doc: Doc) -> dict[int, int]:
    best: dict[int, tuple[bool, bool, bool, int]] = {}
    for index, expression in enumerate(doc._.dates):
        length = expression.timex_type not in ("DATE", "TIME")
        root = root_of(doc, expression.start, expression.end)
        if root is None or (length and expression.starts_on is None):
            continue
        for step, verb in enumerate(modified(root)):
            rank = (expression.starts_on is None, length, step > 0, index)
            best[verb.i] = min(best.get(verb.i, rank), rank)
    return {verb: rank[3] for verb, rank in best.items()}


def modified(token: Token) -> Iterator[Token]:
    """The verbs that an expression with root `token` modifies, the nearest first."""
    head = token
    if token.dep_ in _NO_ADVERB:
        return
    for _ in range(6):
        if head.head == head or head.lower_ in _BESIDE:
            return
        relation, head = head.dep_, head.head
        if head.pos_ in VERBAL:
            head = said_before(token, head) or _reported(token, _of_order(token, head))
            yield head
            if relation in _ADVERBIAL or relation in ("prep", "pobj", "pcomp"):
                yield from _carried(head)
            return
        if _is_length(head):
            continue
        light = head.dep_ in ("dobj", "attr", "nsubjpass") and head.head.lemma_ in lemmas("light")
        if head.pos_ not in ("ADP", "SCONJ", "ADV", "ADJ") and not light and relation != "pobj":
            return


def _is_length(noun: Token) -> bool:
    """The years of "was jailed for four years on Friday": no day modifies a length of time."""
    counted = (
        noun.dep_ == "pobj" and noun.head.lower_ == "for" and noun.lemma_ in words("time_nouns_of_length", "lemma")
    )
    return counted and any(child.dep_ == "nummod" for child in noun.children)


def _of_order(token: Token, verb: Token) -> Token:
    """The verb of the order in "told them to leave last Thursday", as nobody leaves on a day before he is told to."""
    behind = token.lower_ == "yesterday" or any(child.lower_ == "last" for child in token.children)
    order = verb.head
    told = verb.dep_ in ("xcomp", "ccomp") and any(child.tag_ == "TO" for child in verb.children)
    return order if behind and told and order.lemma_ in lemmas("future") and order.tag_ in ("VBD", "VBN") else verb


def _reported(token: Token, verb: Token) -> Token:
    """The verb of the clause before in "They took the town late Saturday, officials said", else `verb` itself.

    The parser hangs such a date on the verb of saying.
    """
    if verb.lemma_ not in lemmas("speech") or token.i > verb.i:
        return verb
    subject = next((child.i for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")), verb.i)
    clause = next((child for child in verb.lefts if child.dep_ == "ccomp" and child.i < token.i), None)
    return clause if clause is not None and token.i < subject else verb


def _carried(verb: Token) -> Iterator[Token]:
    """Verbs that share the modifiers of `verb`: what it starts ("began to shell"), its conjuncts without subject."""
    for child in verb.children:
        if child.dep_ == "xcomp" and verb.lemma_ in lemmas("light"):
            yield child
        own_subject = any(grandchild.dep_.startswith("nsubj") for grandchild in child.children)
        if child.dep_ == "conj" and child.pos_ in VERBAL and not own_subject:
            yield child
    subject = any(child.dep_.startswith("nsubj") for child in verb.children)
    if verb.dep_ == "advcl" and verb.tag_ in ("VBG", "VBN") and not subject and verb.i < verb.head.i:
        yield verb.head  # "Speaking on Saturday, he said"
    if verb.dep_ in ("aux", "auxpass") and verb.head != verb and verb.head.pos_ in VERBAL:
        yield verb.head
