"""Fighting that is none: of teams, politicians' words, films, markets, weather and illness (figurative_words.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from spacy.tokens import Doc, Span, Token

from flows.extract.events.building import Reading
from flows.extract.events.participants import Cast, Party
from flows.extract.events.syntax import frame_of, prepositions
from flows.extract.naming.nominals import partisans
from flows.resources import lexicon

_TYPES: Final = frozenset({"ASSAULT", "FIGHT", "PROTEST"})
# Of these a sentence on sport is no proof: somebody killed at a match is dead.
_PLAYED: Final = frozenset({"beat", "attack", "heavy-weapons", "firearms", "clash", "strike"})
_NOUNS: Final = frozenset({"strike", "rally"})  # "a strike from ten yards", "a rally in oil shares"
_ATTACKS: Final = frozenset({"attack", "assault"})
_ARMED: Final = frozenset({"MIL", "COP", "REB"})
_POLITICAL: Final = frozenset({"GOV", "LEG", "PTY"})
_HIS: Final = frozenset({"his", "her"})
_SCORE: Final = re.compile(r"(?<![\w.,:/–-])\d{1,3}[-–]\d{1,3}(?![\w/–-]|[.,:]\d)")
_HYPHENATED: Final = re.compile(r"[a-z]+(?:-[a-z]+)+")
_WORDS_OF_A_GAME: Final = 2
_WORDS_AROUND: Final = 3  # with those of the sentences before and behind


@cache
def _kind(name: str) -> frozenset[str]:
    return {row["kind"]: frozenset(row["words"].split()) for row in lexicon("figurative_words")}[name]


def without_figurative(doc: Doc, readings: Mapping[int, Reading]) -> dict[int, Reading]:
    """The readings without those of ASSAULT, FIGHT and PROTEST that are a manner of speaking."""
    if not any(r.event_type in _TYPES for r in readings.values()):
        return dict(readings)
    sentences = list(doc.sents)
    number = {sentence.start: n for n, sentence in enumerate(sentences)}
    return {
        n: r
        for n, r in readings.items()
        if r.event_type not in _TYPES or not (_of_things(r) or _played(r, sentences, number[r.token.sent.start]))
    }


def with_words(readings: Mapping[int, Reading], cast: Cast) -> dict[int, Reading]:
    """The readings, with attacks of one politician on another in words only as what they are."""
    return {
        n: replace(r, event_type="DISAPPROVE", mode=None, context=()) if _is_of_words(r, cast) else r
        for n, r in readings.items()
    }


def _is_of_words(reading: Reading, cast: Cast) -> bool:
    """ "the senator's attacks on Odell", "Brandl attacked the minister", in a sentence without arms and victims."""
    token, parties = reading.token, (*reading.actors, *reading.recipients)
    if reading.event_type != "ASSAULT" or token.lemma_ != "attack":
        return False
    if any(party.sector in _ARMED for party in parties) or _lemmas(token.sent) & (_kind("arms") | _kind("victims")):
        return False
    if _is_said(reading, cast):
        return True
    if not (reading.recipients or token.tag_ == "NNS") or not (reading.actors or token.tag_ != "NN"):
        return False
    others = [p for p in parties if not cast.is_person(p.head) and p.head.pos_ != "PRON"]
    if not reading.actors:
        return not others and any(party.sector in _POLITICAL for party in parties) and not frame_of(token).passive
    bodies = all(party.sector in _POLITICAL and not party.country for party in others)
    return bodies and any(party.sector in _POLITICAL for party in reading.actors)


def _is_said(reading: Reading, cast: Cast) -> bool:
    """Whether words around the attack tell that it is one in words: "a personal attack", "an ad attacking Odell"."""
    attack = reading.token
    if any(cast.is_state(party) for party in reading.actors):
        return False
    if attack.pos_ == "NOUN":
        return any(kid.lemma_.lower() in _kind("wordy") for kid in attack.lefts)
    frame = frame_of(attack)
    by = [frame.subject] if frame.subject is not None else []
    by += [attack.head] if attack.dep_ == "acl" and attack.tag_ == "VBG" else []
    if any(t.lemma_.lower() in _kind("writing") for t in by) or _is_assailed(frame.object, cast):
        return True
    is_political = any(p.sector in _POLITICAL or _is_partisan(p) for p in reading.actors)
    if is_political and frame.object is not None and frame.object.lemma_.lower() in _kind("criticised"):
        return True
    reasons = [kid for kid in attack.children if kid.dep_ == "prep" and kid.lower_ in {"for", "over"}]
    reason = not frame.passive and any(kid.dep_ == "pcomp" for prep in reasons for kid in prep.children)
    return reason and (is_political or any(cast.is_body(p) for p in reading.actors))


def _is_partisan(party: Party) -> bool:
    """Whether the party's name is told with it: "Republican Peter Odell"."""
    return any(word.lower_ in partisans() for word in (party.head, *party.head.lefts))


def _is_assailed(target: Token | None, cast: Cast) -> bool:
    """Whether that is what only words attack: "the record", "her position"."""
    if target is None:
        return False
    theirs = [kid for kid in target.lefts if kid.dep_ == "poss" and (kid.lower_ in _HIS or cast.is_person(kid))]
    word = target.lemma_.lower()
    return word in _kind("assailed") or (bool(theirs) and word in _kind("ownwords"))


def _of_things(reading: Reading) -> bool:
    """Whether what does it, or what it is done to, cannot fight: a film, a currency, a storm, a heart attack."""
    token = reading.token
    if token.pos_ in {"NOUN", "PROPN"}:
        if token.lemma_ in _ATTACKS and any(t.lemma_.lower() in _kind("belief") for _, t in prepositions(token)):
            return True
        market = token.lemma_ in _NOUNS and _lemmas(token.sent) & (_kind("market") - {"future"})
        return _is_illness(token) or bool(market and not reading.actors)
    frame = frame_of(token)
    subject = frame.subject.lemma_.lower() if frame.subject is not None else ""
    target = frame.object.lemma_.lower() if frame.object is not None else ""
    if frame.subject is not None and _is_illness(frame.subject):
        return True
    if token.lemma_ == "shoot" and target in _kind("footage"):
        return True
    if reading.mode == "kill" and target in _kind("deathless"):
        return True
    if reading.mode == "clash" and target in _kind("evil"):
        return True
    if token.lemma_ in _ATTACKS and target in _kind("belief"):
        return True
    if reading.event_type == "ASSAULT" and subject in _kind("film") | _kind("weather"):
        return True
    return reading.mode in _PLAYED and bool({subject, target} & _kind("market"))


def _is_illness(noun: Token) -> bool:
    kids = (k for k in noun.children if k.dep_ in {"compound", "amod", "nmod"})
    return noun.lemma_.lower() == "attack" and any(k.lemma_.lower() in _kind("illness") for k in kids)


def _played(reading: Reading, sentences: list[Span], number: int) -> bool:
    """Whether the sentence is of sport and neither arms nor bystanders are in it."""
    noun = reading.token.pos_ == "NOUN" and reading.token.lemma_ in _NOUNS
    if not (noun or reading.mode in _PLAYED) or reading.token.lemma_ == "shooting":
        return False
    sentence = sentences[number]
    heads = {p.head.lemma_.lower() for p in (*reading.actors, *reading.recipients)}
    armed = any(p.sector in _ARMED for p in reading.actors)
    if armed or heads & _kind("people") or _lemmas(sentence) & _kind("arms"):
        return False
    if _is_score(sentence) or _lemmas(sentence) & _kind("sport"):
        return True
    if reading.token.lemma_ == "beat" and _lemmas(sentence) & _kind("contest"):
        return True
    own = _game(reading, [sentence])
    if len(own) >= (1 if reading.mode == "beat" else _WORDS_OF_A_GAME):
        return True
    around = sentences[max(0, number - 1) : number + 2]
    near = set().union(*(_lemmas(s) for s in around))
    told = len(_game(reading, around)) + bool(near & _kind("sport")) + any(map(_is_score, around))
    return not near & _kind("arms") and told >= _WORDS_AROUND


def _game(reading: Reading, around: Iterable[Span]) -> set[str]:
    own = {reading.token.lemma_.lower()}
    return {word for s in around for word in _lemmas(s) if word in _kind("game")} - own


def _lemmas(sentence: Span) -> set[str]:
    """Lemmas of the words that are no names: "Arab League" is no league."""
    hyphenated = set(_HYPHENATED.findall(sentence.text))  # which spaCy cuts up
    return {t.lemma_.lower() for t in sentence if t.pos_ != "PROPN" and t.is_alpha} | hyphenated


def _is_score(sentence: Span) -> bool:
    """ "won 3-1", but not "10-15 people"."""
    text = sentence.text
    for match in _SCORE.finditer(text):
        span = sentence.doc.char_span(
            sentence.start_char + match.start(), sentence.start_char + match.end(), alignment_mode="expand"
        )
        following = sentence.doc[span.end] if span is not None and span.end < len(sentence.doc) else None
        if following is None or following.pos_ not in {"NOUN", "ADJ"}:
            return True
    return False
