"""Article-level frames for the benchmark of growth: those of a file of texts, and copies of them that tell other news.

A copy swaps the words of its texts for others of the same length and about the same rarity, the same ones throughout
the copy: spans stay true, who shares what with whom stays as it was, and no two copies tell one story. Names that the
lexicons know (countries, media, governments) and those of outlets stay, because news keeps talking of them; people and
other bodies get other names, figures other digits, and all days move. Days keep apart what is told of the same
countries; of an article without a date, copies would be one story by these alone, so that there they change as well.
"""

from __future__ import annotations

import functools
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

from flows import __version__, names
from flows.changes import Changes
from flows.clean import clean_all
from flows.extract.claims.train import read_lines
from flows.extract.frames import OF_EXTRACT, frames
from flows.ingest.lines import Place, parse_line
from flows.publish import changeset
from flows.rarity import rarity
from flows.records import Document
from flows.schema import schema_of

Frames = Mapping[str, pl.DataFrame]
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
BATCH: Final = 200
DAYS_APART: Final = 90  # from one copy's news to the next one's
_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGITS: Final = re.compile(r"\d+")
_ID: Final = re.compile(r"_id$|^row_id$|^content_hash$")
_SAME_FOR_ALL: Final = frozenset({"run_id", "outlet_id"})
_TOLD: Final = frozenset(  # columns that hold words of the articles
    {"text", "title", "authors", "content", "name", "names", "trigger_text", "title_text"}
    | {"cue_text", "speaker_text", "evidence", "role", "other_text"}
)
_NOT_WORDS: Final = {  # by table: columns of those names that hold something else
    "attributions": {"role"},
    "event_participants": {"role"},
    "entity_rows": {"role"},
}


def qualified(table: str) -> str:
    """The name of a table with its SQL schema, as change sets have it."""
    return f"work.{table}" if table in ("entities", "entity_rows", "versions") else f"main.{table}"


def extract(texts: Path, folder: Path, articles: int, done: Callable[[int], None]) -> list[Path]:
    """Read the first `articles` of a file of JSON Lines into one file of frames a batch; files that are there stay."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = islice(read_lines(texts), articles)
    files = []
    for number in range(-(-articles // BATCH)):
        batch = list(islice(rows, BATCH))
        file = folder / f"frames-{number:04}.zip"
        if batch and not file.exists():
            beside = file.with_suffix(".tmp")
            beside.write_bytes(changeset.dump(Changes({qualified(k): v for k, v in _read(batch, number).items()})))
            beside.rename(file)
        if batch:
            files.append(file)
            done(len(batch))
    return files


def _read(batch: Sequence[Mapping[str, Any]], number: int) -> dict[str, pl.DataFrame]:
    from flows.extract.nlp import load
    from flows.extract.reading import read

    parsed = (parse_line(json.dumps(row).encode(), Place("local", f"line {number}")) for row in batch)
    articles, _ = clean_all([one for one in parsed if isinstance(one, Document)])
    return frames(read(articles, load()), "run_growth", NOW, __version__)


@functools.lru_cache(maxsize=4)
def load_frames(file: Path) -> dict[str, pl.DataFrame]:
    """The frames of one batch, each in its declared schema."""
    found = changeset.load(file)[0].upserts
    return {name: found.get(qualified(name), pl.DataFrame(schema=schema_of(qualified(name)))) for name in OF_EXTRACT}


@dataclass(frozen=True)
class Vocabulary:
    """The words of the base texts, in classes within which they may stand for one another.

    `known` are those of names that lexicons know, `classes` all others.
    """

    classes: tuple[tuple[str, ...], ...]
    known: tuple[tuple[str, ...], ...]

    def swapped(self, copy: int) -> Swap:
        """What stands for what in that copy."""
        others = _shuffled(self.classes, copy)
        return Swap(others, {**others, **_shuffled(self.known, copy)})


class Swap(NamedTuple):
    """By lower-case word, the one that stands for it: in articles with a date and in those without."""

    dated: Mapping[str, str]
    undated: Mapping[str, str]


def _shuffled(classes: Collection[Sequence[str]], copy: int) -> dict[str, str]:
    swap: dict[str, str] = {}
    for words in classes:
        others = list(words)
        random.Random(f"{copy} {words[0]}").shuffle(others)
        swap.update(zip(words, others, strict=True))
    return swap


def vocabulary(files: Collection[Path]) -> Vocabulary:
    """The words of all texts in `files`."""
    found: set[str] = set()
    fixed: set[str] = set()
    people: set[str] = set()
    for file in sorted(files):
        batch = load_frames(file)
        for text in batch["articles"].get_column("text"):
            found |= _words(text)
        for name, kind, key, called in batch["entities"].select("name", "kind", "key", "names").iter_rows():
            if key or names.country_word(name):
                fixed |= _words(" ".join([name, key or "", *(called or ())]))
            elif kind == "person":
                people |= _words(name)
    return Vocabulary(_classes(found - fixed, people), _classes(found & fixed, people))


def _classes(words: Collection[str], people: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Words of one length, about one rarity, and of people's names or not."""
    classes: dict[tuple[int, float, bool], list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) > 2:
            classes[len(word), round(rarity(word)), word in people].append(word)
    return tuple(tuple(some) for _, some in sorted(classes.items()))


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text) if len(word.lower()) == len(word)}


def vary(batch: Frames, copy: int, swap: Swap) -> dict[str, pl.DataFrame]:
    """The batch as copy number `copy` of its news; copy 0 is the batch itself."""
    if copy == 0:
        return dict(batch)
    undated = batch["articles"].filter(pl.col("published_on").is_null()).select("article_id")
    parts = [
        _vary({table: frame.join(undated, on="article_id", how=how) for table, frame in batch.items()}, copy, words)
        for how, words in (("anti", swap.dated), ("semi", swap.undated))
    ]
    return {table: pl.concat([part[table] for part in parts]) for table in batch}


def _vary(batch: Frames, copy: int, swap: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    digits = list("123456789")
    random.Random(copy).shuffle(digits)
    other_digits = str.maketrans("123456789", "".join(digits))

    @functools.cache
    def tell(text: str) -> str:
        return _DIGITS.sub(
            lambda m: m.group().translate(other_digits), _WORD.sub(lambda m: _like(m.group(), swap), text)
        )

    @functools.cache
    def rename(old: str) -> str:
        prefix, _, _ = old.rpartition("_")
        digest = hashlib.blake2b(f"{copy} {old}".encode(), digest_size=10).hexdigest()
        return f"{prefix}_{digest}" if prefix else digest

    varied = {table: _vary_frame(table, frame, copy, tell, rename) for table, frame in batch.items()}
    varied["entities"] = _as_known(varied["entities"], batch["entities"])
    figures = varied["figures"]
    varied["figures"] = figures.with_columns(
        pl.col(end).cast(pl.String).str.replace_many(list("123456789"), digits).cast(pl.Float64, strict=False)
        for end in ("low", "high")
    )
    texts = varied["articles"].select("article_id", whole="text")
    return {table: _true_to_span(frame, texts) for table, frame in varied.items()}


def _as_known(varied: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """The varied `entities`: pages keep their names, and what is called otherwise now is in no lexicon."""
    kept = [pl.when(pl.col("source_role") == "page").then(entities[name]).otherwise(name) for name in ("name", "names")]
    varied = varied.with_columns(kept)
    is_known = pl.Series(
        [
            row == other
            for row, other in zip(*(of.select("name", "names").rows() for of in (varied, entities)), strict=True)
        ],
        dtype=pl.Boolean(),
    )
    return varied.with_columns(pl.when(is_known).then(name).alias(name) for name in ("key", "country"))


def _like(word: str, swap: Mapping[str, str]) -> str:
    """The word that stands for this one, in the same capitals."""
    other = swap.get(word.lower())
    if other is None:
        return word
    return other.upper() if word.isupper() else other.capitalize() if word[0].isupper() else other


def _vary_frame(
    table: str, frame: pl.DataFrame, copy: int, tell: Callable[[str], str], rename: Callable[[str], str]
) -> pl.DataFrame:
    columns: list[pl.Series] = []
    for name, kind in frame.schema.items():
        values = frame.get_column(name)
        if kind == pl.Date():
            columns.append(values + timedelta(days=copy * DAYS_APART))
        elif _ID.search(name) and name not in _SAME_FOR_ALL:
            columns.append(_mapped(values, f"{name} {copy}".__add__ if name == "external_id" else rename))
        elif name == "url":
            columns.append(_mapped(values, lambda url: f"{url}?copy={copy}"))
        elif name in _TOLD and name not in _NOT_WORDS.get(table, ()):
            columns.append(_mapped(values, tell))
        else:
            columns.append(values)
    return pl.DataFrame(columns, schema=frame.schema)


def _mapped(values: pl.Series, change: Callable[[str], str]) -> pl.Series:
    def changed(value: Any) -> Any:
        return None if value is None else [change(v) for v in value] if isinstance(value, list) else change(value)

    return pl.Series(values.name, [changed(value) for value in values.to_list()], dtype=values.dtype)


def _true_to_span(frame: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The frame with each `text` cut from its article anew: a span may cut a word that was swapped whole."""
    if not {"article_id", "start_char", "end_char", "text"} <= set(frame.columns):
        return frame
    cut = pl.col("whole").str.slice(pl.col("start_char"), pl.col("end_char") - pl.col("start_char"))
    return (
        frame.join(texts, on="article_id", how="left", maintain_order="left")
        .with_columns(text=pl.when(pl.col("text").is_not_null() & cut.is_not_null()).then(cut).otherwise("text"))
        .drop("whole")
    )


def copies(files: Sequence[Path], first: int = 0) -> Iterator[dict[str, pl.DataFrame]]:
    """Batch after batch without end, from number `first` on: the base ones, then copy after copy of them."""
    known = vocabulary(files)
    number = first
    while True:
        copy, which = divmod(number, len(files))
        yield vary(load_frames(files[which]), copy, known.swapped(copy))
        number += 1
