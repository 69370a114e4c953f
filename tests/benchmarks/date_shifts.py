"""Metamorphic checks and properties of dates on many texts, over two years of publication days. By hand:

    python tests/benchmarks/date_shifts.py [TEXTS.jsonl[.gz]] [ARTICLES]     the sample, and so many of the file (500)

Moves the publication date of every article over the leap day, two new years and the days on which clocks change;
prints how many checks held, by kind, and the first that did not. Ends with 1 when any failed.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

from date_checks import HARD, days_for, properties, shifts

from flows.clean import clean
from flows.errors import HearsayError
from flows.extract.claims.train import read_lines
from flows.extract.doc import make_doc
from flows.extract.nlp import COMPONENTS, load
from flows.ingest.find import find
from flows.ingest.lines import Place, parse_line
from flows.ingest.read import read
from flows.records import Document
from flows.settings import Settings

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
JUNK = "\n\nFacebook Twitter Email Print\n\nShare on Facebook\nShare on Twitter\n"
SHOWN = 10  # failures


def sample() -> Iterator[Document]:
    """The documents of data/sample."""
    settings = Settings()  # type: ignore[call-arg]
    for one in read(find([str(SAMPLE)], settings), settings):
        if isinstance(one, Document):
            yield one


def lines(path: Path, articles: int) -> Iterator[Document]:
    """The first documents of a file of JSON Lines."""
    for number, row in enumerate(itertools.islice(read_lines(path), articles)):
        one = parse_line(json.dumps(row).encode(), Place("local", f"line {number}"))
        if isinstance(one, Document):
            yield one


def main(arguments: list[str]) -> int:
    """0, or 1 when a check failed."""
    failed = report("the sample", sample())
    if arguments:
        failed += report(arguments[0], lines(Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 500))
    return 1 if failed else 0


def report(name: str, documents: Iterable[Document]) -> int:
    """Run and print all checks; the number that failed."""
    nlp = load(without=tuple(component for component, _ in COMPONENTS if component != "hearsay_dates"))
    made: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    shown: list[str] = []
    articles = expressions = 0
    for number, document in enumerate(documents):
        try:
            article = clean(document)
        except HearsayError:
            continue
        if article.language not in ("en", None):
            continue
        doc = nlp(make_doc(nlp, article))
        articles, expressions = articles + 1, expressions + len(doc._.dates)
        checks = itertools.chain(properties(doc._.dates), shifts(doc, days_for(number)), _junk(document))
        for check, failure in checks:
            made[check] += 1
            if failure is not None:
                wrong[check] += 1
                shown.append(f"  {check}: {document.external_id} {' '.join(failure)}")
    for check, failure in _stamps():
        made[check] += 1
        wrong[check] += failure is not None
    print(f"{name}: {articles} articles, {expressions} time expressions")
    for check, count in made.items():
        print(f"  {100 * (count - wrong[check]) / count:6.2f} %  of {count:8d}  {check}")
    print("\n".join(shown[:SHOWN]))
    return sum(wrong.values())


def _junk(document: Document) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Page junk behind a text changes neither its words nor its day, and so no date."""
    if document.text is None:
        return
    plain, with_junk = clean(document), clean(replace(document, text=document.text + JUNK))
    same = (plain.text, plain.published_on, plain.reference_on) == (
        with_junk.text, with_junk.published_on, with_junk.reference_on,
    )  # fmt: skip
    yield "page junk changes nothing", None if same else ("text or day", "")


def _stamps() -> Iterator[tuple[str, tuple[str, str] | None]]:
    """A stamp is of the day that it says at its own offset, whatever the clocks do there."""
    for day in HARD:
        for hour, offset in itertools.product((0, 2, 23), (-5, 0, 1, 2)):
            stamp = datetime.combine(day, time(hour, 30), timezone(timedelta(hours=offset)))
            yield "a stamp is of its own offset's day", _stamp(stamp, day)


def _stamp(stamp: datetime, day: date) -> tuple[str, str] | None:
    seen = stamp.astimezone(UTC) + timedelta(days=1)
    text = "The mayor of Lesk resigned on Monday after the council refused to open the bridge again."
    found = clean(Document("d", "d", "t", "t", "h", text=text, published_on=stamp.isoformat(), seen_at=seen))
    return None if found.published_on == found.reference_on == day else (stamp.isoformat(), str(found.published_on))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
