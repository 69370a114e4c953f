"""What a name that no lexicon and no gazetteer knows stands for: the contexts of all its places in the text vote.

"The town of X", "the X dam", "near X" speak for a place; "the president of X", "X's foreign ministry" and a word of
origin made from X ("Xian") for a country; "X reported", "(X)" in a dateline for an outlet. A title, or a full name
elsewhere, makes it a person whatever else is said.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.naming.bodies import head_words
from flows.extract.naming.gazetteer import is_place
from flows.extract.naming.known import look_up
from flows.extract.naming.nominals import role_of, roles
from flows.extract.naming.spans import NameSpan
from flows.extract.naming.vocabulary import word_class
from flows.names import country_word, given, is_given_name
from flows.resources import lexicon, words

SITES: Final = word_class("SITES")
# What a place's name stands before, in small letters: "the X border post", "the X road".
_MARKED: Final = (SITES - word_class("BARE_SITES")) | word_class("BORDER_SITES")
_OF_WATER: Final = word_class("NAMES_OF_WATER")
_BETWEEN: Final = word_class("BEFORE_SITES")
_AT: Final = frozenset({"in", "near", "outside", "at", "around", "inside", "across", "above", "toward", "towards"})
_TO: Final = frozenset({"from", "to", "into", "through", "via"})
_TO_PLACES: Final = word_class("TAKING_PLACES")
_RULERS: Final = word_class("RULERS")
_OFFICES: Final = word_class("OFFICES_OF_STATE")
_TALK: Final = word_class("TALKING")
_SPEECH: Final = word_class("SPEAKING")
_REPORT: Final = word_class("REPORTING")
_AGENCY: Final = word_class("PAPERS")
_LANDS: Final = ("ia", "land", "stan", "nia", "istan")
_OF_STATES: Final = word_class("AMONG_STATES")
_ORIGINS: Final = ("n", "an", "ian", "ese", "ish", "i", "ic", "ine", "nian", "er")
# Capitals that may be words of origin ("Tolmian").
_ORIGIN_WORDS: Final = re.compile(r"\b[A-Z]\w{2,}(?:n|i|ese|ish|ic|ine|er)\b")
_LONGEST: Final = 3
_ENOUGH: Final = 2.0
_MIN: Final = 3


@dataclass(slots=True)
class _Votes:
    """For one name: points by kind, and the tokens where it stands."""

    points: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    labels: Counter[str] = field(default_factory=Counter)


@cache
def _papers() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(words('paper_words')))})$", re.IGNORECASE)


def ends_as_papers(name: str) -> bool:
    """Whether a name ends as those of publications do: "Kostrel Courier", "Ardapress"."""
    return _papers().search(name) is not None


@cache
def paper_words() -> frozenset[str]:
    """The last words of papers' names that alone, behind "the", mean the paper."""
    return frozenset(row["word"] for row in lexicon("paper_words") if row["by_itself"])


def decide_unknown(doc: Doc, spans: list[NameSpan], lines: Iterable[NameSpan]) -> list[NameSpan]:
    """The spans with the kinds that their contexts speak for, and the places of those names that were overlooked."""
    sure = list(lines)
    spans = _without(spans, sure) + sure
    people = _people(doc, spans)
    origins = set(_ORIGIN_WORDS.findall(doc.text)) | (_OF_STATES & set(doc.text.split()))
    votes: dict[str, _Votes] = {}
    taken = {i for span in spans for i in range(span.start, span.end)}
    for start, end, kind in _candidates(doc, spans, taken):
        text = _text(doc, start, end)
        if text in people or _is_known(text):
            continue
        vote = votes.setdefault(text, _Votes())
        if kind:
            vote.labels[kind] += 1
        elif end - start == 1 and doc[start].is_oov:
            vote.points["rare"] += 1
        _weigh(doc, start, end, vote.points)
    for span in sure:
        points = votes.setdefault(_text(doc, span.start, span.end), _Votes()).points
        points[span.kind] += 3
        points["site"] += 3 if span.kind == "place" else 0
    kinds = {text: kind for text, vote in votes.items() if (kind := _decided(text, vote, origins))}
    return _applied(doc, spans, kinds)


def _text(doc: Doc, start: int, end: int) -> str:
    """The name as it is compared: capitals of a dateline count as small ones."""
    text = doc[start:end].text
    return text.title() if text.isupper() and len(text) > _MIN else text


@lru_cache(maxsize=8192)
def _is_known(text: str) -> bool:
    return look_up(text) is not None or country_word(text) is not None


def _without(spans: list[NameSpan], others: Iterable[NameSpan]) -> list[NameSpan]:
    blocked = {i for other in others for i in range(other.start, other.end)}
    return [span for span in spans if not any(i in blocked for i in range(span.start, span.end))]


def _people(doc: Doc, spans: list[NameSpan]) -> set[str]:
    """Names of persons beyond doubt, and their words: those with a title, and those that begin with a given name."""
    found: set[str] = set()
    for span in spans:
        words = [token.text for token in doc[span.start : span.end]]
        whole = doc[span.start : span.end].text
        if span.title_start is not None or (span.kind == "person" and len(words) > 1 and _is_surely(doc, span, spans)):
            found.update((whole, *words))
    return found


def _is_surely(doc: Doc, span: NameSpan, spans: list[NameSpan]) -> bool:
    """Whether a name of two words is a person's: by its given name, as a speaker, or for want of a place's context."""
    whole = doc[span.start : span.end].text
    if is_given_name(given(whole)) or _acts_as_person(doc, span):
        return True
    return not any(_site_context(doc, s.start, s.end) for s in spans if doc[s.start : s.end].text == whole)


def _acts_as_person(doc: Doc, span: NameSpan) -> bool:
    root = doc[span.start : span.end].root
    return root.dep_ == "nsubj" and root.head.lemma_ in _SPEECH


def _candidates(doc: Doc, spans: list[NameSpan], taken: set[int]) -> Iterator[tuple[int, int, str | None]]:
    """Names of the model that no lexicon knows, and capitals that it left out."""
    for span in spans:
        if span.known or span.title_start is not None or _goes_on(doc, span.start):
            continue
        if span.end - span.start <= _LONGEST:
            yield span.start, span.end, span.kind
    at = 0
    while at < len(doc):
        if at in taken or not _loose(doc[at]):
            at += 1
            continue
        end = at + 1
        while end < len(doc) and end not in taken and end - at < _LONGEST and _loose(doc[end]):
            end += 1
        if (
            end not in taken
            and not _goes_on(doc, at)
            and (not doc[at].is_sent_start or end - at > 1 or doc[at].pos_ == "PROPN")
        ):
            yield at, end, None
        at = end


def _goes_on(doc: Doc, start: int) -> bool:
    """Whether the name only goes on another capital before it ("Harbour" of "Harbour Gazette")."""
    if start == 0 or doc[start].is_sent_start:
        return False
    before = doc[start - 1]
    return before.text[:1].isupper() and before.pos_ == "PROPN" and not before.is_stop


def _loose(token: Token) -> bool:
    if not token.text[:1].isupper() or len(token.text) < _MIN or token.is_stop or not token.text[1:].islower():
        return False
    if token.ent_type_ in {"DATE", "TIME", "EVENT", "LANGUAGE", "LAW"} or token.lower_ in head_words() | SITES:
        return False
    return token.pos_ == "PROPN" or _taken_for_plural(token)


def _taken_for_plural(token: Token) -> bool:
    """ "Orlavets": a word that English doesn't know, with a capital amid the sentence, which the tagger counts."""
    return token.pos_ == "NOUN" and token.is_oov and not token.is_sent_start


def _weigh(doc: Doc, start: int, end: int, points: dict[str, float]) -> None:
    """Add what the words around the name speak for."""
    site = _site_context(doc, start, end)
    points["place"] += site
    points["site"] += site if site > 1 else 0.0
    points["country"] += _state_context(doc, start, end)
    points["media"] += _press_context(doc, start, end)
    root = doc[start:end].root
    if root.dep_ == "nsubj" and root.head.lemma_ in _TALK:
        points["speaks"] += 1
    if root.dep_ in {"nsubj", "nsubjpass"}:
        points["acts"] += 1


def _site_context(doc: Doc, start: int, end: int) -> float:
    before = doc[start - 1] if start else None
    score = 0.0
    if before is not None:
        if before.lower_ == "of" and start > 1 and doc[start - 2].lemma_.lower() in SITES:
            score += 3
        elif before.lower_ in SITES and start > 1 and doc[start - 2].lower_ == "the":
            score += 2
        elif end < len(doc) and doc[end].text in {"'s", "’s", "'", "’"}:
            score += 0  # "in X's book"
        elif before.lower_ in _AT and not (before.lower_ == "at" and end - start > 1):
            # "A diplomat in X" tells more than "at X", where a firm may stand.
            told = before.lower_ in {"in", "near"} and start > 1 and role_of(doc[start - 2]) is not None
            score += 2 if told and end - start == 1 else 1
        elif before.lower_ == "from" and start > 1 and doc[start - 2].tag_ == "NNS" and role_of(doc[start - 2]):
            score += 1  # "families from X"
        elif before.lower_ in _TO:
            score += 0.5
    return score + _site_behind(doc, start, end) + _said_to_be_site(doc[start:end].root)


def _said_to_be_site(root: Token) -> float:
    """ "X is a town", "the village, X", "residents fled X"."""
    if root.dep_ == "appos" and root.head.lower_ in SITES:
        return 3.0
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        return 3.0 if any(child.dep_ == "attr" and child.lower_ in SITES for child in root.head.children) else 0.0
    return 1.0 if root.dep_ == "dobj" and root.head.lemma_ in _TO_PLACES else 0.0


def _site_behind(doc: Doc, start: int, end: int) -> float:
    """ "The X border post": small letters behind the name that make it a place's."""
    at = end
    if at < len(doc) - 1 and doc[at].text in _OF_WATER:
        return 0.0
    while at < min(len(doc) - 1, end + 2) and doc[at].lower_ in _BETWEEN:
        at += 1
    if at >= len(doc) or not doc[at].text.islower():
        return 0.0
    last = at if doc[at].lemma_.lower() in _MARKED or doc[at].lower_ in _MARKED else at - 1
    if last < end or not (doc[last].lemma_.lower() in _MARKED or doc[last].lower_ in _MARKED):
        return 0.0
    opened = start > 0 and doc[start - 1].lower_ in {"the", "a", "this", "that", "main", "of"}
    return 2.0 if opened else 0.5


def is_ruled(doc: Doc, name: Token) -> bool:
    """ "X's foreign ministry", "the king of X": what only a country has."""
    return _state_context(doc, name.i, name.i + 1) > 0


def _state_context(doc: Doc, start: int, end: int) -> float:
    score = 0.0
    if start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lemma_.lower() in _RULERS:
        score += 2
    if start and doc[start - 1].lower_ in {"neighbouring", "neighboring"}:
        score += 1
    if end + 1 < len(doc) and doc[end].text in {"'s", "’s"}:
        following = [token.lower_ for token in doc[end + 1 : end + 4]]
        if following and (
            following[0] in _RULERS
            or (following[0] in _OFFICES and set(following[1:]) & {"minister", "ministry", "secretary"})
        ):
            score += 2
    return score


def _press_context(doc: Doc, start: int, end: int) -> float:
    root = doc[start:end].root
    score = 0.0
    rest = [token.lower_ for token in doc[end : end + 2]]
    opens = doc[start].is_sent_start and end - start == 1 and not doc[start].ent_type_
    if rest and not opens and (rest[0] in _AGENCY or rest == ["news", "agency"]):
        score += 2
    if root.dep_ == "nsubj" and root.head.lemma_ in _REPORT:
        objects = [child for child in root.head.children if child.dep_ in {"dobj", "ccomp", "prep"}]
        quotes = any(child.lower_ == "as" for child in objects) or root.head.lemma_ == "quote"
        score += 2 if quotes else 0.5 if any(child.dep_ == "dobj" for child in objects) else 1.5
    if root.dep_ in {"dobj", "dative", "iobj"} and root.head.lemma_ == "tell" and doc[start - 1].lemma_ == "tell":
        score += 1
    return score


def _decided(text: str, vote: _Votes, origins: set[str]) -> str | None:
    """The kind that the votes speak for clearly enough; None leaves every span as it is."""
    points = vote.points
    place, media = points["place"], points["media"]
    if media and ends_as_papers(text):
        media += 1
    has_people = " " not in text and text not in words("no_countries") and bool(_origins_of(text) & origins)
    country = points["country"] + (2.5 if has_people else 0.0)
    if country and text.endswith(_LANDS) and origins & _OF_STATES:
        country += 0.5
    if vote.labels["organisation"] + vote.labels["person"] and vote.labels["person"] and points["speaks"] > place:
        return None
    if country > _ENOUGH and not (has_people and is_place(text)) and country >= media:
        return "country"
    if media >= _ENOUGH + 1 or (media >= _ENOUGH and place <= 1):
        return "media"
    return "place" if _is_site(text, vote) else None


def _is_site(text: str, vote: _Votes) -> bool:
    """Whether the name is a place's: what the model calls an organisation needs a word for places beside it."""
    points, labels = vote.points, vote.labels
    place = points["place"]
    if points["speaks"] > place or place < 1 or points["media"]:
        return False
    if labels["organisation"] and not labels["place"]:
        words = text.lower().split()
        return points["site"] >= _ENOUGH and not head_words() & set(words) and words[0] not in roles()
    if not labels:  # overlooked by the model: a word of its vocabulary seldom is a place that it doesn't know
        return points["site"] >= _ENOUGH or points["rare"] > 0
    return place >= _ENOUGH or bool(labels["place"]) or not points["acts"]


@lru_cache(maxsize=4096)
def _origins_of(name: str) -> frozenset[str]:
    """Words of origin that English makes from a country's name: "Tolmeria" gives "Tolmerian"."""
    stem = re.sub(r"[aeiouy]+$", "", name)
    return frozenset(
        base + ending for base in {name, stem, re.sub(r"(?:ia|land)$", "", name)} for ending in _ORIGINS
    ) - {name}


def _applied(doc: Doc, spans: list[NameSpan], kinds: dict[str, str]) -> list[NameSpan]:
    decided: list[NameSpan] = []
    for span in spans:
        kind = kinds.get(_text(doc, span.start, span.end))
        if kind and not span.known and span.title_start is None:
            span = NameSpan(span.start, span.end, kind, span.known, None)
        decided.append(span)
    taken = {i for span in decided for i in range(span.start, span.end)}
    text = doc.text
    for name, kind in kinds.items():
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            found = doc.char_span(*match.span())
            if found is not None and not any(i in taken for i in range(found.start, found.end)):
                taken.update(range(found.start, found.end))
                decided.append(NameSpan(found.start, found.end, kind, False))
    return sorted(decided, key=lambda span: span.start)


# --- datelines -------------------------------------------------------------------------------------------------------

_LINE: Final = re.compile(
    r"(?:^|\n)(?P<town>[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,3})(?:, (?P<land>[A-Z]\w+(?: [A-Z]\w+){0,2}))??"
    r"(?:,? \(?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})\)?(?:,? \d{4})?)?"
    r"(?:,? ?(?:\((?P<agency>[A-Z][\w .’'-]{1,30})\)|/(?P<slashed>[A-Z][\w .’'-]{1,30})/))?"
    r"(?P<mark>\.? ?[-–—]{1,2} |\. (?=[A-Z]))"
)


def datelines(doc: Doc) -> Iterator[NameSpan]:
    """The names in datelines ("LESK, Ardal, May 3 (Wire) -"): a place, its country, and the agency."""
    text = doc.text
    for match in _LINE.finditer(text):
        agency = match["agency"] or match["slashed"]
        if not agency and not (match["town"].isupper() and match["mark"].strip(" .")):
            continue
        groups = [("town", "place"), ("land", "country"), ("agency", "media"), ("slashed", "media")]
        for group, kind in groups:
            name = match[group]
            if not name or _is_known(name) or _is_known(name.title()):
                continue
            span = doc.char_span(*match.span(group), alignment_mode="contract")
            if span is not None and (group != "land" or not is_place(name)):
                yield NameSpan(span.start, span.end, kind, False)
