"""`hearsay extract`: JSON Lines in, JSON Lines out, one for each, in order; no database.

All offsets that come out are code points of the given text (of the extracted text when HTML came in): the clean
offsets of the records are mapped back through the segments.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from flows.clean import clean
from flows.errors import HearsayError
from flows.extract.nlp import load
from flows.extract.reading import Reading, read_each
from flows.ingest.lines import Place, parse_line
from flows.records import Claim, CleanArticle, Event, Hop, Participant, Rejected, Span

if TYPE_CHECKING:
    from spacy.language import Language

    from flows.settings import Settings

LINES_AT_ONCE: Final = 64

Json = dict[str, Any]


def extract_lines(lines: Iterable[bytes], settings: Settings) -> Iterator[str]:
    """Answer each line of input with one line; a line that can't be read gives {"id", "error": {"code", "message"}}."""
    nlp = load(settings.model)
    numbered = enumerate(lines, start=1)
    while chunk := list(islice(numbered, LINES_AT_ONCE)):
        for answer in _answers(chunk, nlp, settings.max_document_bytes):
            yield json.dumps(answer, ensure_ascii=False, default=str)


def _answers(chunk: list[tuple[int, bytes]], nlp: Language, limit: int) -> Iterator[Json]:
    taken = [_take(line, number, limit) for number, line in chunk]
    readings = iter(read_each([one for one in taken if isinstance(one, CleanArticle)], nlp))
    for one in taken:
        yield _answer(one, next(readings)) if isinstance(one, CleanArticle) else one


def _answer(article: CleanArticle, found: Reading | HearsayError) -> Json:
    if isinstance(found, HearsayError):
        return _error(article.document.external_id, found.code, found.reason)
    return answer(found)


def _take(line: bytes, number: int, limit: int) -> CleanArticle | Json:
    document = parse_line(line.rstrip(b"\r\n"), Place("local", f"line {number}"), limit)
    if isinstance(document, Rejected):
        return _error(document.external_id, document.code, document.reason)
    try:
        return clean(document)
    except HearsayError as error:
        return _error(document.external_id, error.code, error.reason)


def _error(external_id: str | None, code: str, message: str) -> Json:
    return {"id": external_id, "error": {"code": code, "message": message}}


class _Raw:
    """The way from clean offsets back to the text as it came in."""

    def __init__(self, article: CleanArticle) -> None:
        self.text = article.raw_text
        kept = [segment for segment in article.segments if segment.start is not None]
        self._starts = [segment.start for segment in kept if segment.start is not None]
        self._shifts = [segment.raw_start - segment.start for segment in kept if segment.start is not None]

    def at(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]

    def span(self, start: int, end: int) -> Json:
        first, last = self.at(start), self.at(end - 1) + 1
        return {"start": first, "end": last, "text": self.text[first:last]}

    def of(self, span: Span | None) -> Json | None:
        return None if span is None else self.span(span.start, span.end)


def answer(reading: Reading) -> Json:
    """One article in the form of `hearsay extract`: names as in the SQL schema, shorter where a prefix goes."""
    article = reading.article
    raw = _Raw(article)
    return {
        "id": article.document.external_id,
        "article": {
            "title": article.title,
            "authors": list(article.authors),
            "published_on": article.published_on,
            "published_basis": article.published_basis,
            "language": article.language,
            "text": article.raw_text,
        },
        "segments": [
            {"start": s.raw_start, "end": s.raw_end, "kind": s.kind, "kept": s.kept} for s in article.segments
        ],
        "claims": [_claim(reading, claim, raw) for claim in reading.claims],
        "dates": [
            {
                **raw.span(d.start, d.end),
                "type": d.timex_type,
                "value": d.value,
                "edtf": d.edtf,
                "starts_on": d.starts_on,
                "ends_on": d.ends_on,
                "anchor": d.anchor,
                "derivation": d.derivation,
            }
            for d in reading.dates
        ],
        "mentions": [
            {
                **raw.span(m.start, m.end),
                "form": m.form,
                "kind": m.kind,
                "name": _name(reading, m.entity),
                "title": m.title_text,
            }
            for m in reading.mentions
        ],
        "events": [_event(reading, event, raw) for event in reading.events],
        "figures": [
            {**raw.span(f.start, f.end), "low": f.low, "high": f.high, "unit": f.unit, "qualifier": f.qualifier}
            for f in reading.figures
        ],
    }


def _name(reading: Reading, entity: int | None) -> str | None:
    return None if entity is None else reading.entities[entity].name


def _claim(reading: Reading, claim: Claim, raw: _Raw) -> Json:
    speaker = raw.of(claim.speaker)
    if speaker is not None:
        speaker |= {"form": claim.speaker_form, "name": _name(reading, claim.speaker_entity)}
    return {
        **raw.span(claim.span.start, claim.span.end),
        "parts": [raw.of(part) for part in claim.parts],
        "quotation": claim.quotation,
        "cue": raw.of(claim.cue),
        "speaker": speaker,
        "speaker_kind": claim.speaker_kind,
        "speech_act": claim.speech_act,
        "modality": claim.modality,
        "said_on": claim.said_on,
        "said_basis": claim.said_basis,
        "chain": [_hop(hop, raw) for hop in claim.chain],
        "score": round(claim.score, 4),
    }


def _hop(hop: Hop, raw: _Raw) -> Json:
    where: Json = {"start": None, "end": None, "text": None}
    if hop.span is not None:
        where = raw.span(hop.span.start, hop.span.end)
    elif hop.raw_start is not None and hop.raw_end is not None:
        where = {"start": hop.raw_start, "end": hop.raw_end, "text": raw.text[hop.raw_start : hop.raw_end]}
    return {"role": hop.role, "name": hop.name, **where, "basis": hop.basis}


def _event(reading: Reading, event: Event, raw: _Raw) -> Json:
    place = None
    if event.place is not None:
        mention = reading.mentions[event.place]
        entity = None if mention.entity is None else reading.entities[mention.entity]
        place = raw.span(mention.start, mention.end) | {
            "name": entity.name if entity else mention.text,
            "country": entity.country if entity else None,
        }
    return {
        **raw.span(event.span.start, event.span.end),
        "trigger": raw.of(event.trigger),
        "type": event.event_type,
        "actors": [_participant(reading, p, raw) for p in event.participants if p.role == "actor"],
        "recipients": [_participant(reading, p, raw) for p in event.participants if p.role == "recipient"],
        "place": place,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "status": event.status,
    }


def _participant(reading: Reading, participant: Participant, raw: _Raw) -> Json:
    return raw.span(participant.span.start, participant.span.end) | {
        "name": _name(reading, participant.entity),
        "country": participant.country,
        "sector": participant.sector,
    }
