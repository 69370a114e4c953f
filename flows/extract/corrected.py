"""What people decided on one article: its days before it is read, the speakers of its claims after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import polars as pl

from flows import names
from flows.extract.frames import frame
from flows.judgements import NOBODY, PUBLISHED_ON, REFERENCE_ON, SPEAKER, Judgement, Judgements
from flows.records import CleanArticle, DateEvidence

BASIS: Final = "judgement"
# The sort of speaker, by kind of actor; other kinds have their own name.
_SORT: Final = {"person": "named", "armed_group": "group", "government": "organisation"}


def with_days(articles: Iterable[CleanArticle], judgements: Judgements) -> list[CleanArticle]:
    """The articles, with the days that people gave them; what the pages themselves say stays as rejected evidence."""
    published = {one.left: one for one in judgements.of(PUBLISHED_ON)}
    reference = {one.left: one for one in judgements.of(REFERENCE_ON)}
    found = []
    for article in articles:
        if (one := published.get(article.article_id)) is not None:
            article = _published(article, one)
        if (one := reference.get(article.article_id)) is not None:
            article = replace(article, reference_on=one.day)
        found.append(article)
    return found


def in_stated_order(batch: Mapping[str, pl.DataFrame], articles: Iterable[CleanArticle]) -> dict[str, pl.DataFrame]:
    """The frames of a batch, in which versions are ordered by the days that their pages state, whatever people say."""
    rows = [(article.article_id, article.published_on) for article in articles]
    stated = pl.DataFrame(rows, schema={"article_id": pl.String, "published_on": pl.Date}, orient="row")
    own = batch["versions"].drop("published_on").join(stated.unique("article_id"), on="article_id", how="left")
    return {**batch, "versions": own.select(batch["versions"].columns)}


def _published(article: CleanArticle, one: Judgement) -> CleanArticle:
    taken = DateEvidence(1, one.day, BASIS, f"{one.judgement_id}: {one.because}")
    why = f"ranked below a judgement: {one.judgement_id}"
    others = [
        replace(other, rank=rank, rejected_because=other.rejected_because or (None if other.day == one.day else why))
        for rank, other in enumerate((o for o in article.evidence if o.basis != "none"), start=2)
    ]
    # a person's word stands beside the text, as metadata does
    return replace(article, published_on=one.day, published_basis="metadata", evidence=(taken, *others))


def with_speakers(batch: Mapping[str, pl.DataFrame], judgements: Judgements) -> dict[str, pl.DataFrame]:
    """The frames of a batch, with the speakers that people gave its claims.

    Somebody whom the claim's article doesn't mention changes nothing.
    """
    judged = [one.left for one in judgements.of(SPEAKER)]
    claims = {row["claim_id"]: row for row in batch["claims"].filter(pl.col("claim_id").is_in(judged)).to_dicts()}
    found = dict(batch)
    for one in judgements.of(SPEAKER):
        claim = claims.get(one.left)
        if claim is None:
            continue
        speaker = {} if one.right == NOBODY else _speaker(batch, claim["article_id"], one.right)
        if speaker is not None:
            found |= _spoken_by(found, one.left, speaker)
    return found


def _speaker(batch: Mapping[str, pl.DataFrame], article_id: str, right: str) -> dict[str, Any] | None:
    """The mention that is meant, with its entity: by its id, by its words, else the first of one who is called that."""
    mine = pl.col("article_id") == article_id
    rows = batch["entity_rows"].filter(mine & (pl.col("table_name") == "mentions"))
    mentions = (
        batch["mentions"]
        .filter(mine)
        .join(rows.select("entity_id", mention_id="row_id"), on="mention_id")
        .join(batch["entities"].select("entity_id", "name", "names", "country", sort="kind"), on="entity_id")
        .sort("start_char", "end_char")
    )
    wanted = names.normalise(right)
    best: dict[str, Any] | None = None
    for row in mentions.iter_rows(named=True):
        if row["mention_id"] == right or names.normalise(row["text"]) == wanted:
            return row
        if best is None and wanted in {names.normalise(name) for name in (row["name"], *(row["names"] or ()))}:
            best = row
    return best


def _spoken_by(batch: Mapping[str, pl.DataFrame], claim_id: str, speaker: Mapping[str, Any]) -> dict[str, pl.DataFrame]:
    kind = _SORT.get(speaker["sort"], speaker["sort"]) if speaker else "none"
    values = {
        "speaker_start": speaker.get("start_char"),
        "speaker_end": speaker.get("end_char"),
        "speaker_text": speaker.get("text"),
        "speaker_form": speaker.get("form"),
        "speaker_country": speaker.get("country"),
        "speaker_kind": kind,
    }
    is_it = pl.col("claim_id") == claim_id
    claims = batch["claims"].with_columns(
        pl.when(is_it).then(pl.lit(value, dtype=batch["claims"].schema[name])).otherwise(name).alias(name)
        for name, value in values.items()
    )
    at_once = (pl.col("row_id") == claim_id) & (
        (pl.col("table_name") == "claims") | ((pl.col("table_name") == "attributions") & (pl.col("ordinal") == 0))
    )
    rows, hops = batch["entity_rows"].filter(~at_once), batch["attributions"].filter(~(is_it & (pl.col("hop") == 0)))
    if speaker:
        article_id = speaker["article_id"]
        both = [
            {"table_name": table, "row_id": claim_id, "role": "", "ordinal": 0, "article_id": article_id,
             "entity_id": speaker["entity_id"]}
            for table in ("claims", "attributions")
        ]  # fmt: skip
        hop = {
            "claim_id": claim_id, "hop": 0, "article_id": article_id, "role": "speaker", "name": speaker["name"],
            "basis": "stated", "derivation": BASIS, "start_char": speaker["start_char"],
            "end_char": speaker["end_char"], "text": speaker["text"],
        }  # fmt: skip
        rows = pl.concat([rows, frame("entity_rows", both)])
        hops = pl.concat([hops, frame("attributions", [hop])])
    return {"claims": claims, "entity_rows": rows, "attributions": hops}
