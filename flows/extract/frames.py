"""From readings to frames: one row for each thing found, with its id, its span and the text that the span covers.

Cross-article columns (actor_id, source_id, place_id, utterance_id, incident_id, story_id) stay null here: `entities`
and `entity_rows` tell the resolver which rows stand for whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import polars as pl

from flows import names
from flows.extract.reading import Reading
from flows.ids import make_id
from flows.known_names import publication_key
from flows.records import BETWEEN_PARTS, Hop, Span
from flows.schema import TABLES, WORK

Rows = list[dict[str, Any]]
OF_EXTRACT: Final = (
    "articles", "published_evidence", "segments", "mentions", "dates", "claims", "claim_parts", "attributions",
    "events", "event_participants", "figures", "entities", "entity_rows", "versions",
)  # fmt: skip
PUBLICATIONS: Final = frozenset({"agency", "outlet", "broadcaster", "earlier_article", "page"})


@dataclass
class _Builder:
    """The rows of a batch while they are put together; `ids` are those of one article, by layer and index."""

    run_id: str
    now: datetime
    pipeline_version: str
    rows: dict[str, Rows] = field(default_factory=lambda: {name: [] for name in OF_EXTRACT})

    def add(self, table: str, **row: Any) -> None:
        self.rows[table].append(row)


def frames(readings: Iterable[Reading], run_id: str, now: datetime, pipeline_version: str) -> dict[str, pl.DataFrame]:
    """The article-level tables of a batch, in the schemas of flows.schema. `now` is the run's clock (UTC)."""
    builder = _Builder(run_id, now, pipeline_version)
    for reading in readings:
        _Article(builder, reading).add()
    return {name: frame(name, rows) for name, rows in builder.rows.items()}


def frame(name: str, rows: Rows) -> pl.DataFrame:
    """Rows as a frame in the schema of a table; columns that a row leaves out are null."""
    schema = TABLES[name] if name in TABLES else WORK[name]
    return pl.DataFrame([[row.get(column) for column in schema] for row in rows], schema=schema, orient="row")


class _Article:
    """The rows of one article."""

    def __init__(self, builder: _Builder, reading: Reading) -> None:
        self.builder = builder
        self.reading = reading
        self.article = reading.article
        self.article_id = reading.article.article_id
        self.segment_ids = [make_id("segment", self.article_id, s.ordinal) for s in self.article.segments]
        self.seen: Counter[tuple[Any, ...]] = Counter()
        self.entity_ids: list[str] = []
        self.publications: dict[str, str] = {}
        self.mention_ids: list[str] = []
        self.date_ids: list[str] = []
        self.claim_ids: list[str] = []
        self.event_ids: list[str] = []

    def add(self) -> None:
        self._add_article()
        self._add_segments()
        self._add_entities()
        self._add_mentions()
        self._add_dates()
        self._add_claims()
        self._add_events()
        self._add_figures()

    def _id(self, kind: str, start: int, end: int, *discriminator: object) -> str:
        """The id of a row by its span; rows that share span and discriminator are told apart by their order."""
        key = (kind, start, end, *discriminator)
        self.seen[key] += 1
        return make_id(kind, self.article_id, start, end, *discriminator, self.seen[key])

    def _span(self, start: int, end: int) -> dict[str, Any]:
        return {
            "article_id": self.article_id,
            "start_char": start,
            "end_char": end,
            "text": self.article.text[start:end],
        }

    def _refer(self, entity: int | None, table: str, row_id: str, role: str = "", ordinal: int = 0) -> None:
        """Note that a row stands for an entity."""
        if entity is not None:
            self._refer_id(self.entity_ids[entity], table, row_id, role, ordinal)

    def _refer_id(self, entity_id: str, table: str, row_id: str, role: str, ordinal: int) -> None:
        self.builder.add(
            "entity_rows",
            entity_id=entity_id,
            article_id=self.article_id,
            table_name=table,
            row_id=row_id,
            role=role,
            ordinal=ordinal,
        )

    def _add_article(self) -> None:
        article, document = self.article, self.article.document
        self.builder.add(
            "articles",
            article_id=self.article_id,
            document_id=document.document_id,
            external_id=document.external_id,
            url=document.url,
            title=article.title,
            authors=list(article.authors),
            language=article.language,
            published_on=article.published_on,
            published_basis=article.published_basis,
            reference_on=self.reading.reference_on,
            text=article.text,
            content_hash=document.content_hash,
            pipeline_version=self.builder.pipeline_version,
            first_seen_at=document.seen_at or self.builder.now,
            run_id=self.builder.run_id,
        )
        self.builder.add(
            "versions",
            article_id=self.article_id,
            document_id=document.document_id,
            published_on=article.published_on,
            seen_at=document.seen_at,
            content_hash=document.content_hash,
        )

    def _segment_id(self, ordinal: int | None) -> str | None:
        return None if ordinal is None else self.segment_ids[ordinal]

    def _add_segments(self) -> None:
        for segment, segment_id in zip(self.article.segments, self.segment_ids, strict=True):
            self.builder.add(
                "segments",
                segment_id=segment_id,
                article_id=self.article_id,
                ordinal=segment.ordinal,
                kind=segment.kind,
                kept=segment.kept,
                raw_start=segment.raw_start,
                raw_end=segment.raw_end,
                start_char=segment.start,
                end_char=segment.end,
                text=segment.text,
            )
        for one in self.article.evidence:
            self.builder.add(
                "published_evidence",
                article_id=self.article_id,
                rank=one.rank,
                day=one.day,
                basis=one.basis,
                evidence=one.evidence,
                segment_id=self._segment_id(one.segment),
                raw_start=one.raw_start,
                raw_end=one.raw_end,
                rejected_because=one.rejected_because,
            )

    def _add_entities(self) -> None:
        forms = [Counter[str]() for _ in self.reading.entities]
        mentions = Counter(mention.entity for mention in self.reading.mentions)
        for mention in self.reading.mentions:
            if mention.entity is not None and mention.form == "name":
                forms[mention.entity][mention.text] += 1
        roles = self._source_roles()
        for entity, count in zip(self.reading.entities, forms, strict=True):
            listed = list(dict.fromkeys([*entity.names, *count]))
            entity_id = make_id("entity", self.article_id, entity.index)
            self.entity_ids.append(entity_id)
            self.builder.add(
                "entities",
                entity_id=entity_id,
                article_id=self.article_id,
                ordinal=entity.index,
                name=entity.name,
                kind=entity.kind,
                names=listed,
                n_mentions=[count[name] for name in listed],
                n_all=mentions[entity.index],
                key=entity.key,
                country=entity.country,
                role=entity.role,
                sector=entity.sector,
                source_role=roles.get(entity.index),
            )
        for index, entity in enumerate(self.reading.entities):
            if entity.kind == "media":
                self.publications.setdefault(publication_key(entity.name), self.entity_ids[index])
        if self.article.outlet:
            domain = urlsplit(self.article.document.url or "").hostname
            entity_id = self._publication(self.article.outlet, "page", domain)
            self._refer_id(entity_id, "articles", self.article_id, "", 0)

    def _source_roles(self) -> dict[int, str]:
        """The publishing role in which an entity relays a claim here; the first one counts."""
        roles: dict[int, str] = {}
        for claim in self.reading.claims:
            for hop in claim.chain:
                if hop.entity is not None and hop.role in PUBLICATIONS:
                    roles.setdefault(hop.entity, hop.role)
        return roles

    def _publication(self, name: str, role: str, domain: str | None = None) -> str:
        """The entity of a publication that the text itself need not name: the page's outlet, a credited agency."""
        key = publication_key(name)
        if key not in self.publications:
            self.publications[key] = make_id("entity", self.article_id, "publication", key)
            found = names.media(name)
            self.builder.add(
                "entities",
                entity_id=self.publications[key],
                article_id=self.article_id,
                ordinal=len(self.entity_ids) + len(self.publications),
                name=found.name if found else name,
                kind="media",
                names=[name],
                n_mentions=[0],
                n_all=0,
                key=found.name if found else None,
                country=found.country if found else None,
                source_role=role,
                domain=domain.removeprefix("www.") if domain else None,
            )
        return self.publications[key]

    def _add_mentions(self) -> None:
        for mention in self.reading.mentions:
            mention_id = self._id("mention", mention.start, mention.end, mention.form)
            self.mention_ids.append(mention_id)
            self._refer(mention.entity, "mentions", mention_id)
            self.builder.add(
                "mentions",
                mention_id=mention_id,
                **self._span(mention.start, mention.end),
                form=mention.form,
                kind=mention.kind,
                title_text=mention.title_text,
            )

    def _add_dates(self) -> None:
        for found in self.reading.dates:
            date_id = self._id("date", found.start, found.end)
            self.date_ids.append(date_id)
            self.builder.add(
                "dates",
                date_id=date_id,
                **self._span(found.start, found.end),
                timex_type=found.timex_type,
                value=found.value,
                edtf=found.edtf,
                starts_on=found.starts_on,
                ends_on=found.ends_on,
                anchor=found.anchor,
                derivation=found.derivation,
                score=found.score,
            )

    def _add_claims(self) -> None:
        text = self.article.text
        for claim in self.reading.claims:
            parts = tuple((part.start, part.end) for part in claim.parts)
            claim_id = self._id("claim", claim.span.start, claim.span.end, parts, _ends(claim.cue))
            self.claim_ids.append(claim_id)
            self._refer(claim.speaker_entity, "claims", claim_id)
            self.builder.add(
                "claims",
                claim_id=claim_id,
                **self._span(claim.span.start, claim.span.end),
                content=BETWEEN_PARTS.join(part.of(text) for part in claim.parts),
                quotation=claim.quotation,
                **_optional("cue", claim.cue, text),
                **_optional("speaker", claim.speaker, text),
                speaker_form=claim.speaker_form,
                speaker_kind=claim.speaker_kind,
                speaker_country=claim.speaker_country,
                speech_act=claim.speech_act,
                modality=claim.modality,
                said_on=claim.said_on,
                said_basis=claim.said_basis,
                extractor=claim.extractor,
                score=claim.score,
            )
            for number, part in enumerate(claim.parts):
                self.builder.add("claim_parts", claim_id=claim_id, part=number, **self._span(part.start, part.end))
            self._add_chain(claim_id, claim.chain)

    def _add_chain(self, claim_id: str, chain: Sequence[Hop]) -> None:
        # Hop 0 is the speaker: where nobody is named the chain starts with hop 1.
        first = 0 if chain and chain[0].role == "speaker" else 1
        for number, hop in enumerate(chain, start=first):
            if hop.entity is not None:
                self._refer(hop.entity, "attributions", claim_id, "", number)
            elif hop.role in PUBLICATIONS and (hop.role != "page" or self.article.outlet):
                self._refer_id(self._publication(hop.name, hop.role), "attributions", claim_id, "", number)
            where: dict[str, Any] = {}
            if hop.span is not None:
                where = self._span(hop.span.start, hop.span.end)
            elif hop.raw_start is not None and hop.raw_end is not None:
                where = {"text": self.article.raw_text[hop.raw_start : hop.raw_end]}
            self.builder.add(
                "attributions",
                **{"article_id": self.article_id} | where,
                claim_id=claim_id,
                hop=number,
                role=hop.role,
                name=hop.name,
                basis=hop.basis,
                derivation=hop.derivation,
                segment_id=self._segment_id(hop.segment),
                raw_start=hop.raw_start,
                raw_end=hop.raw_end,
            )

    def _add_events(self) -> None:
        text = self.article.text
        for event in self.reading.events:
            event_id = self._id("event", event.span.start, event.span.end, event.event_type, _ends(event.trigger))
            self.event_ids.append(event_id)
            if event.place is not None:
                self._refer(self.reading.mentions[event.place].entity, "events", event_id)
            self.builder.add(
                "events",
                event_id=event_id,
                **self._span(event.span.start, event.span.end),
                **_optional("trigger", event.trigger, text),
                event_type=event.event_type,
                mode=event.mode,
                context=list(event.context),
                status=event.status,
                claim_id=None if event.claim is None else self.claim_ids[event.claim],
                starts_on=event.starts_on,
                ends_on=event.ends_on,
                date_id=None if event.date is None else self.date_ids[event.date],
                extractor=event.extractor,
                score=event.score,
            )
            ordinals: Counter[str] = Counter()
            for one in event.participants:
                number = ordinals[one.role]
                ordinals[one.role] += 1
                self._refer(one.entity, "event_participants", event_id, one.role, number)
                self.builder.add(
                    "event_participants",
                    event_id=event_id,
                    role=one.role,
                    ordinal=number,
                    **self._span(one.span.start, one.span.end),
                    mention_id=None if one.mention is None else self.mention_ids[one.mention],
                    country=one.country,
                    sector=one.sector,
                )

    def _add_figures(self) -> None:
        for figure in self.reading.figures:
            self.builder.add(
                "figures",
                figure_id=self._id("figure", figure.start, figure.end),
                **self._span(figure.start, figure.end),
                low=figure.low,
                high=figure.high,
                unit=figure.unit,
                qualifier=figure.qualifier,
                event_id=None if figure.event is None else self.event_ids[figure.event],
            )


def _ends(span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


def _optional(name: str, span: Span | None, text: str) -> Mapping[str, Any]:
    """The three columns of a named span, none of them when there is no such span."""
    if span is None:
        return {}
    return {f"{name}_start": span.start, f"{name}_end": span.end, f"{name}_text": span.of(text)}
