"""The Polars schema of every frame that crosses a stage boundary, in one place.

TABLES mirrors the published tables (schema `main` of the SQL contract): a test compares the two. WORK are the
tables of our own that let the cross-article layer be worked out again in part. KEYS are the primary keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

STR: Final[pl.DataType] = pl.String()
INT: Final[pl.DataType] = pl.Int32()
NUM: Final[pl.DataType] = pl.Float64()
DAY: Final[pl.DataType] = pl.Date()
FLAG: Final[pl.DataType] = pl.Boolean()
TIME: Final[pl.DataType] = pl.Datetime("us", "UTC")
LIST: Final[pl.DataType] = pl.List(pl.String())

_SPAN: Final[dict[str, pl.DataType]] = {"article_id": STR, "start_char": INT, "end_char": INT, "text": STR}

TABLES: Final[Mapping[str, pl.Schema]] = {
    name: pl.Schema(columns)
    for name, columns in {
        "articles": {
            "article_id": STR, "document_id": STR, "external_id": STR, "url": STR, "outlet_id": STR, "title": STR,
            "authors": LIST, "language": STR, "published_on": DAY, "published_basis": STR, "reference_on": DAY,
            "text": STR, "story_id": STR, "content_hash": STR, "pipeline_version": STR, "first_seen_at": TIME,
            "run_id": STR,
        },
        "published_evidence": {
            "article_id": STR, "rank": INT, "day": DAY, "basis": STR, "evidence": STR, "segment_id": STR,
            "raw_start": INT, "raw_end": INT, "rejected_because": STR,
        },
        "segments": {
            "segment_id": STR, "article_id": STR, "ordinal": INT, "kind": STR, "kept": FLAG, "raw_start": INT,
            "raw_end": INT, "start_char": INT, "end_char": INT, "text": STR,
        },
        "sources": {"source_id": STR, "name": STR, "kind": STR, "domain": STR, "country": STR, "actor_id": STR},
        "actors": {
            "actor_id": STR, "name": STR, "kind": STR, "country": STR, "role": STR, "wikidata_id": STR,
            "n_mentions": INT, "n_articles": INT,
        },
        "actor_names": {"actor_id": STR, "name": STR, "n_mentions": INT, "basis": STR, "score": NUM},
        "places": {"place_id": STR, "name": STR, "country": STR, "lat": NUM, "lon": NUM, "geonames_id": STR},
        "mentions": {
            "mention_id": STR, **_SPAN, "form": STR, "kind": STR, "actor_id": STR, "place_id": STR, "title_text": STR,
        },
        "mention_candidates": {"mention_id": STR, "actor_id": STR, "score": NUM},
        "dates": {
            "date_id": STR, **_SPAN, "timex_type": STR, "value": STR, "edtf": STR, "starts_on": DAY, "ends_on": DAY,
            "anchor": STR, "derivation": STR, "score": NUM,
        },
        "claims": {
            "claim_id": STR, **_SPAN, "content": STR, "quotation": STR, "cue_start": INT, "cue_end": INT,
            "cue_text": STR, "speaker_start": INT, "speaker_end": INT, "speaker_text": STR, "speaker_form": STR,
            "speaker_id": STR, "speaker_kind": STR, "speaker_country": STR, "speech_act": STR, "modality": STR,
            "said_on": DAY, "said_basis": STR, "extractor": STR, "score": NUM,
        },
        "claim_parts": {"claim_id": STR, "part": INT, **_SPAN, "utterance_id": STR},
        "attributions": {
            "claim_id": STR, "hop": INT, "article_id": STR, "role": STR, "actor_id": STR, "source_id": STR,
            "name": STR, "basis": STR, "derivation": STR, "segment_id": STR, "raw_start": INT, "raw_end": INT,
            "start_char": INT, "end_char": INT, "text": STR,
        },
        "utterances": {
            "utterance_id": STR, "speaker_id": STR, "said_on": DAY, "text": STR, "n_claims": INT, "n_articles": INT,
            "n_outlets": INT, "n_origins": INT,
        },
        "events": {
            "event_id": STR, **_SPAN, "trigger_start": INT, "trigger_end": INT, "trigger_text": STR,
            "event_type": STR, "mode": STR, "context": LIST, "status": STR, "claim_id": STR, "starts_on": DAY,
            "ends_on": DAY, "date_id": STR, "place_id": STR, "incident_id": STR, "extractor": STR, "score": NUM,
        },
        "event_participants": {
            "event_id": STR, "role": STR, "ordinal": INT, **_SPAN, "actor_id": STR, "mention_id": STR,
            "country": STR, "sector": STR,
        },
        "figures": {
            "figure_id": STR, **_SPAN, "low": NUM, "high": NUM, "unit": STR, "qualifier": STR, "event_id": STR,
            "incident_id": STR,
        },
        "incidents": {
            "incident_id": STR, "event_type": STR, "place_id": STR, "starts_on": DAY, "ends_on": DAY,
            "headline": STR, "n_articles": INT, "n_outlets": INT, "n_origins": INT,
        },
        "incident_participants": {"incident_id": STR, "role": STR, "actor_id": STR},
        "origins": {"about": STR, "about_id": STR, "origin": INT, "article_id": STR, "because": STR},
        "passages": {
            "passage_id": STR, **_SPAN, "other_article_id": STR, "other_start": INT, "other_end": INT,
            "other_text": STR, "overlap": NUM, "direction": STR,
        },
        "stories": {
            "story_id": STR, "headline": STR, "starts_on": DAY, "ends_on": DAY, "n_articles": INT, "n_outlets": INT,
        },
        "discrepancies": {"discrepancy_id": STR, "about": STR, "about_id": STR, "field": STR, "kind": STR},
        "discrepancy_values": {
            "discrepancy_id": STR, "article_id": STR, "start_char": INT, "end_char": INT, "text": STR, "value": STR,
        },
    }.items()
}  # fmt: skip

WORK: Final[Mapping[str, pl.Schema]] = {
    name: pl.Schema(columns)
    for name, columns in {
        # one in-document entity with its names and how often each is used (n_all: pronouns and nominals too);
        # source_role says that it publishes or relays here; actor_id or place_id is the cross-article answer
        "entities": {
            "entity_id": STR, "article_id": STR, "ordinal": INT, "name": STR, "kind": STR, "names": LIST,
            "n_mentions": pl.List(INT), "n_all": INT, "key": STR, "country": STR, "role": STR, "sector": STR,
            "source_role": STR, "domain": STR, "actor_id": STR, "place_id": STR,
        },
        # which published row stands for which entity, so that a new identity reaches every row
        "entity_rows": {
            "entity_id": STR, "article_id": STR, "table_name": STR, "row_id": STR, "role": STR, "ordinal": INT,
        },
        # every version seen of a document: seen_at is null unless the input states it
        "versions": {
            "article_id": STR, "document_id": STR, "published_on": DAY, "seen_at": TIME, "content_hash": STR,
            "is_live": FLAG,
        },
        # the terms of an article, hashed, with their weights (units of 1/32768 of a unit vector), for likeness
        "article_terms": {"article_id": STR, "term": pl.UInt64(), "weight": INT},
        # the heaviest of them, with the day that the article states: by these articles of one story find each other
        "heavy_terms": {"article_id": STR, "term": STR, "weight": INT, "published_on": DAY},
        # of an article without a date: rows whose day hangs on its unknown today, by the weekday of that today
        "day_offsets": {
            "article_id": STR, "table_name": STR, "row_id": STR, "own_on": DAY, "offsets": pl.List(pl.Int32()),
        },
        # blocking keys: members of one layer that share a key may belong together; those of one number (alike) are
        # decided alike
        "keys": {"layer": STR, "key": STR, "member_id": STR, "article_id": STR, "alike": pl.UInt64()},
        # links between two members of a layer: the key names both; few, and asked for again and again
        "links": {"layer": STR, "key": STR, "member_id": STR, "article_id": STR},
        # the full names of people, by surname ("brndl|ada brandl"), with keys by which they find each other, hashed
        "name_keys": {"key": pl.UInt64(), "name": STR},
        # full names that may be one person's: whether they may hangs on them alone; each is linked to itself too
        "name_links": {"name": STR, "other": STR},
        # keys of the layers that have very many and are looked up a few times: nine tenths of all, as hashes; ordinal
        # is the first character of a shingle, and of other keys the stated day of publication
        "bulk_keys": {"layer": STR, "key": pl.UInt64(), "member_id": STR, "article_id": STR, "ordinal": INT},
    }.items()
}  # fmt: skip

BIG: Final[pl.DataType] = pl.Int64()

RAW: Final[Mapping[str, pl.Schema]] = {
    name: pl.Schema(columns)
    for name, columns in {
        # one content of one document as received; the bytes lie outside, by content_hash
        "documents": {
            "document_id": STR, "content_hash": STR, "source_name": STR, "external_id": STR, "url": STR,
            "location": STR, "media_type": STR, "headers": STR, "n_bytes": BIG, "article_id": STR,
            "pipeline_version": STR, "first_seen_at": TIME, "last_seen_at": TIME, "run_id": STR,
        },
    }.items()
}  # fmt: skip

OPS: Final[Mapping[str, pl.Schema]] = {
    name: pl.Schema(columns)
    for name, columns in {
        "migrations": {"number": INT, "name": STR, "sha256": STR, "applied_at": TIME},
        "publications": {"sequence": BIG, "sha256": STR, "n_upserts": BIG, "n_deletes": BIG},
        "runs": {
            "run_id": STR, "started_at": TIME, "ended_at": TIME, "state": STR, "exit_code": INT, "sources": LIST,
            "pipeline_version": STR, "orchestrator_run_id": STR, "n_new": INT, "n_unchanged": INT,
            "n_superseded": INT, "n_set_aside": INT, "n_claims": INT, "n_events": INT, "n_checks": INT,
            "n_checks_failed": INT, "stage_seconds": STR,
        },
        "batches": {
            "batch_id": STR, "run_id": STR, "ordinal": INT, "published_at": TIME, "n_articles": INT,
            "n_set_aside": INT, "n_rows": BIG,
        },
        "checks": {
            "batch_id": STR, "suite": STR, "expectation": STR, "run_id": STR, "table_name": STR, "severity": STR,
            "success": FLAG, "n_rows": BIG, "n_failed": BIG, "examples": LIST, "checked_at": TIME,
        },
        "quarantine": {
            "content_hash": STR, "stage": STR, "code": STR, "reason": STR, "source_name": STR, "external_id": STR,
            "location": STR, "detail": STR, "replay": STR, "first_seen_at": TIME, "last_seen_at": TIME,
            "run_id": STR, "dismissed_at": TIME, "dismissed_because": STR,
        },
        "revisions": {
            "table_name": STR, "row_id": STR, "column_name": STR, "revised_at": TIME, "former_value": STR,
            "because": STR, "run_id": STR,
        },
        "redirects": {
            "old_id": STR, "new_id": STR, "table_name": STR, "because": STR, "redirected_at": TIME, "run_id": STR,
        },
        # when a version of a document left `main` for `history`, and which version took its place
        "supersessions": {
            "article_id": STR, "superseded_at": TIME, "superseded_by": STR, "document_id": STR, "run_id": STR,
        },
        "forgotten": {
            "document_id": STR, "content_hash": STR, "source_name": STR, "because": STR, "forgotten_at": TIME,
        },
        "judgements": {
            "judgement_id": STR, "layer": STR, "left_key": STR, "right_key": STR, "verdict": STR, "basis": STR,
            "who": STR, "because": STR, "score": NUM, "judged_at": TIME,
        },
        "freshness": {
            "source_name": STR, "last_read_at": TIME, "last_new_at": TIME, "newest_published_on": DAY,
            "n_documents": BIG,
        },
    }.items()
}  # fmt: skip

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "articles": ("article_id",),
    "published_evidence": ("article_id", "rank"),
    "segments": ("segment_id",),
    "sources": ("source_id",),
    "actors": ("actor_id",),
    "actor_names": ("actor_id", "name"),
    "places": ("place_id",),
    "mentions": ("mention_id",),
    "mention_candidates": ("mention_id", "actor_id"),
    "dates": ("date_id",),
    "claims": ("claim_id",),
    "claim_parts": ("claim_id", "part"),
    "attributions": ("claim_id", "hop"),
    "utterances": ("utterance_id",),
    "events": ("event_id",),
    "event_participants": ("event_id", "role", "ordinal"),
    "figures": ("figure_id",),
    "incidents": ("incident_id",),
    "incident_participants": ("incident_id", "role", "actor_id"),
    "origins": ("about", "about_id", "article_id"),
    "passages": ("passage_id",),
    "stories": ("story_id",),
    "discrepancies": ("discrepancy_id",),
    "discrepancy_values": ("discrepancy_id", "article_id", "start_char"),
    "entities": ("entity_id",),
    "entity_rows": ("table_name", "row_id", "role", "ordinal"),
    "versions": ("article_id",),
    "article_terms": ("article_id", "term"),
    "heavy_terms": ("article_id", "term"),
    "day_offsets": ("article_id", "table_name", "row_id"),
    "keys": ("layer", "key", "member_id"),
    "name_keys": ("key", "name"),
    "name_links": ("name", "other"),
    "links": ("layer", "key", "member_id"),
    "bulk_keys": ("layer", "key", "member_id"),
    "documents": ("document_id", "content_hash"),
    "migrations": ("number",),
    "publications": ("sequence",),
    "runs": ("run_id",),
    "batches": ("batch_id",),
    "checks": ("batch_id", "suite", "expectation"),
    "quarantine": ("content_hash", "stage"),
    "revisions": ("table_name", "row_id", "column_name", "revised_at"),
    "redirects": ("old_id",),
    "supersessions": ("article_id", "superseded_at"),
    "forgotten": ("document_id", "content_hash"),
    "judgements": ("judgement_id",),
    "freshness": ("source_name",),
}

SCHEMAS: Final[Mapping[str, Mapping[str, pl.Schema]]] = {
    "main": TABLES,
    "history": TABLES,
    "work": WORK,
    "raw": RAW,
    "ops": OPS,
}


def schema_of(qualified: str) -> pl.Schema:
    """The schema of a table by its qualified name, e.g. "ops.checks". Raises KeyError for an unknown one."""
    schema, _, name = qualified.partition(".")
    return SCHEMAS[schema][name]


def empty(name: str) -> pl.DataFrame:
    """An empty frame of the table `name` (of TABLES or WORK). Raises KeyError for an unknown name."""
    return pl.DataFrame(schema=TABLES.get(name) or WORK[name])
