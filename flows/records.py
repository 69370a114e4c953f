"""What extraction finds in one article, as frozen records.

All offsets are code points of the article's clean text, end exclusive, unless a name says `raw`.
Names follow the field: source, cue, content (PARC, PolNeAR); TIMEX3 and EDTF; actor, recipient (PLOVER).
The closed lists of values are those of the SQL schema.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from flows.errors import HearsayError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the clean text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One document as received: decoded, not yet cleaned.

    Exactly one of `text` and `html` is set. `published_on` is as found in the input's metadata, unparsed.
    `location` tells a person where it stands: a file name, or a file name and a line.
    """

    document_id: str
    external_id: str
    source_name: str
    location: str
    content_hash: str
    text: str | None = None
    html: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published_on: str | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """One cell of the partition of the raw text. `start` and `end` are clean offsets, None when dropped."""

    ordinal: int
    kind: str
    kept: bool
    raw_start: int
    raw_end: int
    start: int | None
    end: int | None
    text: str


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """A candidate for the publication date; see table `published_evidence`. `segment` is an ordinal."""

    rank: int
    day: date | None
    basis: str
    evidence: str
    segment: int | None = None
    raw_start: int | None = None
    raw_end: int | None = None
    rejected_because: str | None = None


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """A document after cleaning: the input of extraction.

    `raw_text` is the text that the segments partition; `text` is the kept segments, joined by blank lines;
    two that what is no part of the article parts inside a sentence are joined by nothing.
    `sources` are the publications that page furniture credits: bylines ("Associated Press"), photo and print
    notices, a forum's "More here: theguardian.com", as (name, role, segment ordinal, raw_start, raw_end).
    """

    document: Document
    article_id: str
    title: str | None
    authors: tuple[str, ...]
    outlet: str | None
    language: str | None
    published_on: date | None
    published_basis: str
    reference_on: date | None
    raw_text: str
    text: str
    segments: tuple[Segment, ...]
    evidence: tuple[DateEvidence, ...] = ()
    sources: tuple[CreditedSource, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditedSource:
    """A publication that a dropped or kept segment credits for this page; `role` as in `attributions`."""

    name: str
    role: str
    segment: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that stands for an actor or a place.

    `entity` is the index of its in-document entity in `doc._.entities`; None when coreference is undecided.
    `kind` is a kind of actor, or "place". A name's span has no title, article or possessive.
    `root` is the token index of its syntactic head.
    """

    start: int
    end: int
    text: str
    form: str  # name, nominal, pronoun
    kind: str
    entity: int | None
    root: int
    title_text: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """All that one article calls by one name: an actor or a place within one article.

    `name` is the fullest name used; `names` all names used, in order of appearance; `key` the canonical name
    that the alias lexicon gives ("Islamic State" for ISIS), else None. `country` is ISO 3166 alpha-3;
    `sector` is PLOVER's. An unnamed one ("a senior Iraqi official") has kind "unnamed", a label
    ("officials", "residents") kind "group"; neither is ever joined across articles.
    """

    index: int
    name: str
    kind: str
    names: tuple[str, ...] = ()
    key: str | None = None
    country: str | None = None
    role: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3 expression with its reasons; see table `dates`."""

    start: int
    end: int
    text: str
    timex_type: str
    value: str
    edtf: str | None
    starts_on: date | None
    ends_on: date | None
    anchor: str
    derivation: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a claim's way to the page; see table `attributions`.

    `entity` points into `doc._.entities` where the name is mentioned. Evidence in a dropped segment is given by
    `segment` (an ordinal) and raw offsets, and then `span` is None.
    """

    role: str
    name: str
    basis: str = "stated"
    derivation: str | None = None
    entity: int | None = None
    span: Span | None = None
    segment: int | None = None
    raw_start: int | None = None
    raw_end: int | None = None


BETWEEN_PARTS: Final = " … "  # in the content of a claim


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said by one source in one run of speech; see table `claims`."""

    parts: tuple[Span, ...]
    quotation: str
    cue: Span | None
    speaker: Span | None
    speaker_form: str | None
    speaker_entity: int | None
    speaker_kind: str
    speaker_country: str | None
    speech_act: str
    modality: str
    score: float
    extractor: str
    said_on: date | None = None
    said_basis: str = "none"
    chain: tuple[Hop, ...] = ()

    @property
    def span(self) -> Span:
        """From the first part to the last."""
        return Span(min(p.start for p in self.parts), max(p.end for p in self.parts))


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or recipient of an event, in PLOVER's terms."""

    role: str  # actor, recipient
    span: Span
    entity: int | None
    mention: int | None  # index into doc._.mentions
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, where and when, in one clause; see table `events`."""

    span: Span
    trigger: Span
    event_type: str
    mode: str | None
    context: tuple[str, ...]
    status: str
    claim: int | None  # index into doc._.claims
    starts_on: date | None
    ends_on: date | None
    date: int | None  # index into doc._.dates
    place: int | None  # index into doc._.mentions
    participants: tuple[Participant, ...]
    score: float
    extractor: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or measure with what it counts; see table `figures`."""

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    unit: str
    qualifier: str
    event: int | None = None  # index into doc._.events


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document set aside whole: what `ops.quarantine` keeps of it."""

    stage: str
    code: str  # number of the error, e.g. "H201"
    reason: str
    location: str
    content_hash: str
    source_name: str
    external_id: str | None = None
    values: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, stage: str, error: HearsayError) -> Rejected:
        """What is set aside of `document`, because of `error` at `stage`."""
        return cls(
            stage=stage,
            code=error.code,
            reason=error.reason,
            location=document.location,
            content_hash=document.content_hash,
            source_name=document.source_name,
            external_id=document.external_id,
            values=error.values,
        )
