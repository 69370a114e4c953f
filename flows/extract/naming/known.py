"""Names that the lexicons know, found in a text: armed groups, governments, organisations, media, countries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from flows.extract.naming.quotes import says
from flows.names import bare, canonical, country_of, country_word, gender, government, media
from flows.resources import lexicon, words

# Labels of the model that agree with a name from the lexicons being a name at all.
_NAMED: Final = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT"})
_TELLING: Final = frozenset({"tell", "inform", "ask"})
MIN_ACRONYM: Final = 4
_SHORT: Final = 3  # letters of words that headings may have without a capital


@dataclass(frozen=True, slots=True)
class Known:
    """What the lexicons say of a name: kind as in table actors, the canonical name as key."""

    key: str
    kind: str
    country: str | None
    sector: str | None


@lru_cache(maxsize=16384)
def look_up(name: str) -> Known | None:
    """The entry of `name` in the lexicons: aliases first, then media, then countries; None when none has it."""
    found = canonical(name)
    if found:
        return Known(found.name, found.kind, found.country, found.sector)
    outlet = media(name)
    if outlet:
        return Known(outlet.name, "media", outlet.country, "MED")
    word = country_word(name)
    if word is None:
        return None
    kind = {"name": "country", "people": "group", "capital": "place"}.get(word.role)
    return Known(word.name if kind == "country" else bare(name), kind, word.country, None) if kind else None


def by_surname(name: str, sex: str | None = None) -> Known | None:
    """Whom news means by a surname alone ("Putin"), of that sex ("f", "m") where it is told; None for most."""
    full = _surnames().get(name.title() if name.isupper() else name)
    known = look_up(full) if full is not None else None
    return None if full is not None and sex not in {None, gender(full)} else known


@cache
def _surnames() -> dict[str, str]:
    return {name: row["name"] for row in lexicon("known_by_surname") for name in row["surnames"].split(";")}


def known_in(doc: Doc, name: str) -> Known | None:
    """The entry that `name` has in this text: none where it means a body of a country that the text is not about."""
    return look_up(name) if is_at_home(doc, name) else None


def seat_of(name: str) -> Known | None:
    """The government that a capital stands for ("Tehran"); None when `name` is no capital."""
    word = country_word(name)
    if word is None or word.role != "capital":
        return None
    found = government(word.country)
    return Known(found.name, found.kind, found.country, found.sector) if found else None


def _forms() -> Iterator[str]:
    """Every form to look for, in the cases it is written in."""
    for row in (*lexicon("aliases"), *lexicon("teams"), *lexicon("media")):
        for form in (row["name"], *(row["aliases"] or "").split(";")):
            yield from _cases(form.strip())
    for row in lexicon("demonyms"):
        for column in ("names", "people", "capital"):
            for form in (row[column] or "").split(";"):
                yield from _cases(form.strip())


def _cases(form: str) -> Iterator[str]:
    if not form or (form.startswith(("the ", "The ")) and form[4:5].islower()):
        return
    yield form
    if "'" in form:
        yield form.replace("'", "’")
    if form.isupper() and form.isalpha() and len(form) >= MIN_ACRONYM:
        yield form.capitalize()
    if form[:1].islower() and "-" in form:
        yield form[:1].upper() + form[1:]


class KnownNames:
    """Finds the names of the lexicons in a Doc; built once a pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._matcher.add("known", [nlp.make_doc(form) for form in sorted(set(_forms()))])
        self._matcher_lower = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._matcher_lower.add("known", [nlp.make_doc(form) for form in sorted(set(_forms())) if " " in form])
        self._ambiguous = words("ambiguous_names")

    def find(self, doc: Doc) -> list[Span]:
        """Spans of known names, the longest where they overlap, in text order."""
        found = [span for span in self._matcher(doc, as_spans=True) if self._holds(span)]
        loose = [span for span in self._matcher_lower(doc, as_spans=True) if span[0].text[:1].isupper()]
        return filter_spans([*found, *(span for span in loose if span.text not in self._ambiguous)])

    def _holds(self, span: Span) -> bool:
        if len(span) > 1 and span.text not in self._ambiguous:
            return True
        if span.start > 0 and span[0].nbor(-1).text in {"-", "@", "/"}:
            return False
        if span.text not in self._ambiguous:
            return True
        return self._is_meant(span) and is_at_home(span.doc, span.text)

    def _is_meant(self, span: Span) -> bool:
        """Whether a name that is a common word too is the name here."""
        root = span.root
        if (_is_told(root) and not root.is_sent_start and not _is_in_capitals(root)) or _is_said_of_magazine(span):
            return True
        if root.pos_ != "PROPN" and root.ent_type_ not in _NAMED:
            return False
        if root.ent_type_ in _NAMED and _entity(root) != (span.start, span.end):
            return _same_name(span)
        return root.ent_type_ in _NAMED or _is_told(root)


def is_at_home(doc: Doc, name: str) -> bool:
    """Whether a name that means a body of one country (home_names) does so here: where the text speaks of no country
    more than of that one. Elsewhere "Conservatives" are people who think so, and "the House" is another one.
    """
    if not means_by_home(name):
        return True
    found, lands = canonical(name), _lands(doc)
    return found is not None and 0 < lands[found.country] == max(lands.values())


def means_by_home(name: str) -> bool:
    """Whether a name means a body only in texts on its country."""
    return bare(name) in words("home_names")


def _lands(doc: Doc) -> Counter[str | None]:
    """How often a text names each country, its people, its capital, or a body of it that goes by one word."""
    known: Counter[str | None] | None = doc.user_data.get("lands")
    if known is None:
        named = (token.text for token in doc if token.is_title or token.is_upper)
        told = Counter(name for name in named if not means_by_home(name))
        known = Counter()
        for name, times in told.items():
            body = canonical(name)
            known[country_of(name) or (body.country if body else None)] += times
        del known[None]
        doc.user_data["lands"] = known
    return known


def _entity(token: Token) -> tuple[int, int]:
    """Where the model's entity over `token` starts and ends."""
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return start, end


def _same_name(span: Span) -> bool:
    """Whether the model's entity is the same but for article and possessive."""
    start, end = _entity(span.root)
    inner = [t for t in span.doc[start:end] if t.lower_ not in {"the", "'s", "’s", "'", "’"}]
    return bool(inner) and inner[0].i >= span.start - 1 and inner[-1].i < span.end


def _is_told(token: Token) -> bool:
    """Whether the word is whom somebody told something: "told People"."""
    return token.dep_ in {"dobj", "dative", "iobj"} and token.head.lemma_.lower() in _TELLING


def _is_in_capitals(token: Token) -> bool:
    """Whether the words around are written with capitals too, as in a heading."""
    around = [other for other in token.sent if other.i != token.i and other.is_alpha and len(other) > _SHORT]
    return all(other.text[:1].isupper() for other in around)


def _is_said_of_magazine(span: Span) -> bool:
    """Whether a name reports or says something in a text that has it as that of a magazine: "People said"."""
    root = span.root
    speaks = len(span) == 1 and says(root) and not list(root.children)
    return speaks and re.search(rf"\b{re.escape(span.text)} [Mm]agazine\b", span.doc.text) is not None
