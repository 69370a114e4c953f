"""The speaker where the parse gives the cue none: the noun phrase beside it, or the one that its clause begins with."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims.people import is_somebody
from flows.extract.claims.scene import CORE, FINITE, SUBJECTS, Scene

_MODIFIERS: Final = ("compound", "det", "amod", "nummod", "poss", "nmod", "punct", "quantmod")
_NOMINAL: Final = ("PROPN", "NOUN", "PRON")
_WITHIN_PHRASE: Final = ("ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM", "PART")
SURE: Final = 2  # strength of a cue in the lexicon
_LEAST: Final = 3  # words from where a clause begins to its cue, if somebody is to be named there
_REACH: Final = 8  # tokens between a cue and the head of the phrase beside it


def beside(scene: Scene, token: Token) -> Token | None:
    """The noun phrase right after or before a cue that follows a quotation or comma."""
    if token.tag_ not in FINITE or scene.entry(token.i) is None:
        return None
    for step in (1, -1):
        i, edge = token.i + step, token.i - step
        if not (0 <= i < len(scene.tokens) and 0 <= edge < len(scene.tokens)):
            continue
        near = _after_date(scene, i) if step > 0 else _before_adverbs(scene, token)
        closed = step < 0 or scene.tokens[edge].text == "," or scene.mark[edge]
        if not closed or scene.quoted[near.i] >= 0:
            continue
        if step < 0 and misread_name(scene, near):
            return near
        if near.pos_ not in ("PROPN", "NOUN", "PRON", "DET", "NUM", "ADJ"):
            continue
        found = nominal(scene, near, token.i)
        told = scene.lemma[token.i] == "tell"  # "…, told reporters": they are told
        if found is not None and not (step > 0 and (told or _opens_clause(scene, token, found))):
            return found
    return None


def misread_name(scene: Scene, token: Token) -> bool:
    """Whether a name right behind a quotation was taken for another part of speech: “…,” Ifill said."""
    return token.pos_ in ("ADV", "VERB", "ADJ", "ADP") and token.is_title and token.i > 0 and scene.mark[token.i - 1]


def _before_adverbs(scene: Scene, cue: Token) -> Token:
    """The token before the cue and its adverbs and auxiliaries, and before a remark in brackets: "Odell (N-Teso)"."""
    start = scene.sentences[scene.sentence[cue.i]][0]
    i = cue.i - 1
    while i > start and scene.tokens[i].pos_ in ("ADV", "AUX", "PART") and not misread_name(scene, scene.tokens[i]):
        i -= 1
    if scene.tokens[i].text == ")":
        opening = next((k for k in range(i - 1, max(start, i - _REACH), -1) if scene.tokens[k].text == "("), None)
        i = opening - 1 if opening is not None and opening > start else i
    return scene.tokens[max(i, 0)]


def _after_date(scene: Scene, i: int) -> Token:
    """Token `i`, or the one behind the date that begins there: “…,” wrote on Friday Nils Brandl."""
    first = scene.tokens[i]
    if i and first.lower_ == "on" and scene.mark[i - 2]:
        i += 1
        while i + 1 < len(scene.tokens) and scene.tokens[i].ent_type_ == "DATE":
            i += 1
        return scene.tokens[i] if scene.tokens[i - 1].ent_type_ == "DATE" else first
    return first


def _opens_clause(scene: Scene, cue: Token, noun: Token) -> bool:
    """Whether the noun behind the cue is the subject of what is said: "Ms Odell, 55, alleged the mayor was away".

    Behind a quotation only where its verb follows at once: “…,” said a woman, who had seen it, is no such clause.
    """
    if noun.dep_ not in SUBJECTS or noun.head.i <= noun.i or noun.head.i == cue.i:
        return False
    if not scene.mark[cue.i - 1]:
        return True
    after = noun.i + 1
    while after < noun.head.i and scene.tokens[after].pos_ == "ADV":
        after += 1
    return scene.tokens[after].tag_ in (*FINITE, "MD")


def nominal(scene: Scene, near: Token, cue: int) -> Token | None:
    """The head of the noun phrase of `near`, no farther than eight words from the cue and on its side."""
    while near.head.i != near.i and near.dep_ in _MODIFIERS and near.head.pos_ not in ("VERB", "AUX"):
        near = near.head
    near = _first_joined(scene, near)
    same_side = abs(near.i - cue) <= _REACH and scene.quoted[near.i] < 0
    return near if same_side and (near.pos_ in _NOMINAL or is_share(scene, near)) else None


def is_share(scene: Scene, token: Token) -> bool:
    """Whether the token is the head of a share of people: "4 in 10 said", "a quarter, 26 percent, say"."""
    if scene.lemma[token.i] in ("quarter", "third", "half"):
        return token.dep_ in SUBJECTS
    share = token.pos_ == "NUM" and token.i > 1 and scene.tokens[token.i - 1].lower_ in ("in", "of")
    return share and (scene.tokens[token.i - 2].pos_ == "NUM" or scene.tokens[token.i - 2].lower_ == "out")


def _first_joined(scene: Scene, near: Token) -> Token:
    """The first of nouns joined by "and", as far as no comma parts them: "a list, (police and | residents | said)"."""
    while near.dep_ == "conj" and near.head.pos_ in ("NOUN", "PROPN") and near.head.i < near.i:
        if any(scene.tokens[k].text == "," for k in range(near.head.i, near.i)):
            break
        near = near.head
    return near


def closes_quotation(scene: Scene, token: Token) -> bool:
    """Whether the cue stands right behind a quotation and before a name: “…?” asked Mr Brandl."""
    behind = token.i > 0 and scene.mark[token.i - 1]
    return behind and token.i + 1 < len(scene.tokens) and scene.tokens[token.i + 1].pos_ == "PROPN"


def set_off(scene: Scene, token: Token) -> Token | None:
    """The phrase that commas part from the cue: "the woman, who …, said"; the last name so set off, else the first."""
    if token.tag_ not in (*FINITE, "VBN"):
        return None
    before = _before_adverbs(scene, token).i
    comma = scene.tokens[before].text == "," or (scene.mark[before] and scene.tokens[before - 1].text == ",")
    if not comma:
        return None
    return (_last_name(scene, before) if token.tag_ in ("VBD", "VBZ") else None) or _opening(scene, token, before)


def behind_relative(scene: Scene, token: Token) -> bool:
    """Whether the parser hung a trailing participle on the relative clause of a thing: "had a moment that could change
    the race, denouncing the council"."""
    clause = token.head
    if token.tag_ != "VBG" or token.dep_ != "advcl" or clause.dep_ != "relcl" or clause.i > token.i:
        return False
    return clause.head.pos_ == "NOUN" and clause.head.dep_ in ("dobj", "pobj") and not is_somebody(scene, clause.head)


def of_the_sentence(scene: Scene, token: Token) -> Token | None:
    """She in "She opposed the plan on Friday, warning that …", whose participle the parser hung on a noun."""
    entry = scene.entry(token.i)
    if token.tag_ != "VBG" or entry is None or entry.strength < SURE or token.i == 0:
        return None
    before = _before_adverbs(scene, token)
    if before.text != "," and not scene.mark[before.i]:
        return None
    for verb in token.ancestors:
        if verb.dep_ == "relcl":  # of the noun before the comma
            continue
        subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i < token.i), None)
        if subject is not None and verb.pos_ in ("VERB", "AUX") and scene.quoted[subject.i] < 0:
            return subject
    return None


def _last_name(scene: Scene, comma: int) -> Token | None:
    """Karim in "…, Karim, who saw it, said"."""
    start = scene.sentences[scene.sentence[comma]][0]
    for i in range(comma - 1, start - 1, -1):
        near = scene.tokens[i]
        if near.pos_ != "PROPN" or near.ent_type_ == "GPE" or scene.quoted[i] >= 0 or scene.tokens[i + 1].text != ",":
            continue
        first = i
        while first > start and scene.tokens[first - 1].pos_ == "PROPN":
            first -= 1
        if first == start or scene.tokens[first - 1].text == "," or scene.mark[first - 1]:
            return near
    return None


def _opening(scene: Scene, cue: Token, comma: int) -> Token | None:
    """The head of the noun phrase with which the clause of the cue begins, if a comma ends it."""
    entry = scene.entry(cue.i)
    if entry is None or entry.strength < CORE:
        return None
    i = _first_word(scene, _clause_start(scene, comma), comma)
    if scene.tokens[i].pos_ in ("ADP", "SCONJ"):  # "In addition to that, two members, both of the party, said"
        i = _first_word(scene, next((k for k in range(i, comma) if scene.tokens[k].text == ","), comma), comma)
    near = scene.tokens[i]
    while near.dep_ in _MODIFIERS and i < near.head.i < comma and near.head.pos_ not in ("VERB", "AUX"):
        near = near.head
    if near.pos_ not in _NOMINAL or scene.quoted[near.i] >= 0 or near.dep_ == "npadvmod":
        return None
    after = near.i + 1
    while after < comma and scene.tokens[after].pos_ in _WITHIN_PHRASE:
        after += 1
    return near if scene.tokens[after].text == "," else None


def _first_word(scene: Scene, i: int, end: int) -> int:
    """The first token from `i` on that may begin a noun phrase."""
    while i < end and (not scene.is_word(i) or scene.tokens[i].pos_ in ("ADV", "CCONJ")):
        i += 1
    return i


def _clause_start(scene: Scene, end: int) -> int:
    """Where the clause of token `end` begins: behind the last quotation that words follow, or with the sentence."""
    start = scene.sentences[scene.sentence[end]][0]
    for i in range(end - 1, start, -1):
        closing = scene.mark[i] and scene.quoted[i] >= 0 and scene.quoted[i + 1] != scene.quoted[i]
        if closing and sum(scene.is_word(k) for k in range(i + 1, end)) >= _LEAST:
            return i + 1
    return start
