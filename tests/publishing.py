"""Publishing articles in batches, for tests of what many articles say together."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from flows.clean import clean
from flows.extract.frames import frames
from flows.extract.reading import read
from flows.ingest.lines import Place, parse_line
from flows.publish import Store
from flows.publish.export import export_canonical
from flows.records import Document
from flows.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from spacy.language import Language

NOW = datetime(2026, 1, 1, tzinfo=UTC)
Article = dict[str, Any]


class Publish:
    """Publishes batches of articles and gives the canonical export.

    Articles whose name begins with "medium" take the Odell Council for a newspaper.
    """

    def __init__(self, nlp: Language, folder: Path) -> None:
        self.nlp, self.folder, self.number = nlp, folder, 0

    def __call__(self, *batches: list[Article]) -> dict[str, list[Article]]:
        self.number += 1
        store = Store(self.folder / f"{self.number}.duckdb")
        with store.writing() as writer:
            for batch in batches:
                writer.publish(resolve(writer.connection, self.rows(batch)).changes)
        with store.reading() as connection:
            files = export_canonical(connection, self.folder / f"{self.number}")
        return {file.stem: [json.loads(line) for line in file.read_text().splitlines()] for file in files}

    def rows(self, batch: list[Article]) -> Mapping[str, pl.DataFrame]:
        documents = [parse_line(json.dumps(one).encode(), Place("test", one["id"]), 1_000_000) for one in batch]
        articles = [clean(one) for one in documents if isinstance(one, Document)]
        rows = frames(read(articles, self.nlp), "run_test", NOW, "test")
        known = rows["articles"].select("article_id", "external_id").rows()
        of_medium = [article_id for article_id, external_id in known if external_id.startswith("medium")]
        is_medium = pl.col("article_id").is_in(of_medium) & pl.col("name").str.contains("Odell Council")
        kind = pl.when(is_medium).then(pl.lit("media")).otherwise("kind")
        return {**rows, "entities": rows["entities"].with_columns(kind=kind)}


def article(name: str, text: str, day: str = "2019-09-17", **more: str) -> Article:
    return {"id": name, "title": f"Kostrel: {name}", "text": text, "published_on": day, **more}
