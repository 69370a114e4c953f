"""A small published database of our own making."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.changes import Changes
from flows.publish import Store
from flows.schema import TABLES

TEXT = 'The bridge at Orlo is closed. "It will open on Friday," said Mayor Ana Fold.'
NOW = datetime(2024, 5, 2, 12, tzinfo=UTC)

ROWS: dict[str, list[dict[str, Any]]] = {
    "articles": [
        {
            "article_id": "art_1", "document_id": "doc_1", "external_id": "one.txt", "outlet_id": "src_1",
            "title": "=HYPERLINK(1)", "authors": ["A. Writer"], "published_on": date(2024, 5, 1),
            "published_basis": "dateline", "text": TEXT, "content_hash": "ab", "pipeline_version": "1",
            "first_seen_at": NOW, "run_id": "run_1",
        },
        {
            "article_id": "art_2", "document_id": "doc_2", "external_id": "two.txt", "published_basis": "none",
            "text": TEXT, "content_hash": "cd", "pipeline_version": "1", "first_seen_at": NOW, "run_id": "run_1",
        },
    ],
    "published_evidence": [
        {"article_id": "art_2", "rank": 1, "day": date(2011, 1, 1), "basis": "text", "evidence": "Joined 1/1/2011",
         "rejected_because": "a forum's join date"},
    ],
    "sources": [{"source_id": "src_1", "name": "The Orlo Bell", "kind": "outlet", "actor_id": "act_2"}],
    "actors": [
        {"actor_id": "act_1", "name": "Ana Fold", "kind": "person", "role": "mayor", "n_mentions": 2, "n_articles": 2},
        {"actor_id": "act_2", "name": "The Orlo Bell", "kind": "media", "n_mentions": 0, "n_articles": 0},
    ],
    "actor_names": [
        {"actor_id": "act_1", "name": "Ana Fold", "n_mentions": 1, "basis": "full name"},
        {"actor_id": "act_1", "name": "Fold", "n_mentions": 1, "basis": "surname"},
    ],
    "mentions": [
        {"mention_id": "men_1", "article_id": "art_1", "start_char": 68, "end_char": 76, "text": "Ana Fold",
         "form": "name", "kind": "person", "actor_id": "act_1"},
    ],
    "places": [{"place_id": "plc_1", "name": "Orlo"}],
    "claims": [
        {
            "claim_id": f"clm_{n}", "article_id": f"art_{n}", "start_char": 31, "end_char": 54,
            "text": TEXT[31:54], "content": TEXT[31:54], "quotation": "direct", "cue_start": 57, "cue_end": 61,
            "cue_text": "said", "speaker_start": 68, "speaker_end": 76, "speaker_text": "Ana Fold",
            "speaker_form": "name", "speaker_id": "act_1", "speaker_kind": "named", "speech_act": "promised",
            "modality": "future", "said_on": date(2024, 5, 1), "said_basis": "expression", "extractor": "rules",
            "score": 0.9,
        }
        for n in (1, 2)
    ] + [
        {
            "claim_id": "clm_3", "article_id": "art_1", "start_char": 0, "end_char": 29, "text": TEXT[:29],
            "content": TEXT[:29], "quotation": "indirect", "speaker_text": "officials", "speaker_form": "nominal",
            "speaker_kind": "official", "speech_act": "said", "modality": "actual", "said_basis": "none",
            "extractor": "rules", "score": 0.5,
        }
    ],
    "claim_parts": [
        {"claim_id": f"clm_{n}", "part": 0, "article_id": f"art_{n}", "start_char": 31, "end_char": 54,
         "text": TEXT[31:54], "utterance_id": "utt_1"}
        for n in (1, 2)
    ],
    "attributions": [
        {"claim_id": "clm_1", "hop": hop, "article_id": "art_1", "role": role, "name": name, "basis": "stated"}
        for hop, role, name in ((0, "speaker", "Ana Fold"), (1, "page", "The Orlo Bell"))
    ] + [
        {"claim_id": "clm_2", "hop": hop, "article_id": "art_2", "role": role, "name": name, "basis": basis,
         "derivation": derivation}
        for hop, role, name, basis, derivation in (
            (0, "speaker", "Ana Fold", "stated", None),
            (1, "agency", "Northern Press", "inferred", "shared passage pas_2"),
            (2, "page", "two.txt", "stated", None),
        )
    ],
    "utterances": [
        {"utterance_id": "utt_1", "speaker_id": "act_1", "said_on": date(2024, 5, 1), "text": TEXT[31:54],
         "n_claims": 2, "n_articles": 2, "n_outlets": 1, "n_origins": 1},
    ],
    "events": [
        {"event_id": "evt_1", "article_id": "art_1", "start_char": 0, "end_char": 29, "text": TEXT[:29],
         "trigger_start": 22, "trigger_end": 28, "trigger_text": "closed", "event_type": "SANCTION",
         "status": "asserted", "starts_on": date(2024, 5, 1), "place_id": "plc_1", "extractor": "rules", "score": 0.5},
    ],
    "passages": [
        {"passage_id": f"pas_{n}", "article_id": f"art_{n}", "start_char": 0, "end_char": 29, "text": TEXT[:29],
         "other_article_id": f"art_{3 - n}", "other_start": 0, "other_end": 29, "other_text": TEXT[:29],
         "overlap": 1.0, "direction": "unknown"}
        for n in (1, 2)
    ],
    "discrepancies": [
        {"discrepancy_id": "dis_1", "about": "utterance", "about_id": "utt_1", "field": "said_on", "kind": "conflict"},
    ],
    "discrepancy_values": [
        {"discrepancy_id": "dis_1", "article_id": f"art_{n}", "start_char": 46, "end_char": 52, "text": "Friday",
         "value": f"2024-05-0{n}"}
        for n in (1, 2)
    ],
}  # fmt: skip

QUARANTINE = {
    "content_hash": "ef", "stage": "ingest", "code": "H202", "reason": "nothing in it", "source_name": "local",
    "location": "empty.txt", "replay": "hearsay run empty.txt", "first_seen_at": NOW, "last_seen_at": NOW,
    "run_id": "run_1",
}  # fmt: skip

CHECK = {
    "batch_id": "bat_1", "suite": "audits", "expectation": "said_before_it_was_published", "run_id": "run_1",
    "table_name": "claims", "severity": "warning", "success": False, "n_rows": 2, "n_failed": 1, "examples": [],
    "checked_at": NOW,
}  # fmt: skip


@pytest.fixture(scope="session")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("home") / "hearsay.duckdb"
    frames = {
        f"main.{name}": pl.DataFrame(
            {column: [row.get(column) for row in rows] for column in TABLES[name]}, schema=TABLES[name]
        )
        for name, rows in ROWS.items()
    }
    with Store(database, NOW).writing() as writer:
        for table, row in (("ops.quarantine", QUARANTINE), ("ops.checks", CHECK)):
            types = writer.connection.sql(f"FROM {table} LIMIT 0").pl().schema
            frames[table] = pl.DataFrame({name: [row.get(name)] for name in types}, schema=types)
        writer.publish(Changes(upserts=frames))
    return database


@pytest.fixture
def published(published_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database in a home of its own, which the settings name; a fresh copy for each test."""
    shutil.copytree(published_once.parent, tmp_path / "home", symlinks=True)
    monkeypatch.setenv("HEARSAY_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home" / "hearsay.duckdb"
