"""An article without a date is dated by others through what it shares with them, and only by what they state."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from flows.clean import clean
from flows.extract.again import TABLES, read_on
from flows.extract.frames import frames
from flows.extract.reading import Reading, read
from flows.ingest.lines import Place, parse_line
from flows.publish import Store
from flows.publish.export import export_canonical
from flows.records import Document
from flows.resolve import resolve
from flows.resolve.elsewhere import Decision, decide
from flows.resolve.evidence import INCIDENT, NEAR, WORDS, Evidence, days_allowed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.language import Language

NOW = datetime(2026, 1, 1, tzinfo=UTC)
QUOTATION = (
    '"We will not let foreign frigates into the harbour of Kostrel, and the customs house stays in Marovian hands '
    'whatever the Lund consortium has been promised,"'
)
SCENE = (
    "The Lund consortium wants to lease the harbour of Kostrel and its customs house for forty years. "
    "Dockers in Kostrel have struck against the lease, and the Marovian navy has moved two frigates to the harbour."
)
# 17 September 2019 was a Tuesday.
DATED: dict[str, Any] = {
    "id": "dated", "published_on": "2019-09-17", "title": "Brandl bars frigates from Kostrel harbour",
    "text": f"Prime Minister Teso Brandl of Marovia on Tuesday rejected the lease of the harbour.\n\n"
            f"{QUOTATION} Brandl said on Tuesday.\n\n{SCENE}",
}  # fmt: skip
NEXT_DAY = {**DATED, "id": "next", "published_on": "2019-09-18", "title": "Kostrel harbour lease: Brandl says no",
            "text": f"Marovia's prime minister has turned the harbour lease down.\n\n"
                    f"{QUOTATION} Prime Minister Teso Brandl said.\n\n{SCENE}"}  # fmt: skip
TODAY = {"id": "today", "title": "Brandl closes Kostrel harbour to the consortium",
         "text": f"The harbour lease is dead, and dockers in Kostrel cheered.\n\n"
                 f"{QUOTATION} Prime Minister Teso Brandl said today.\n\n"
                 f"Yesterday the navy moved two frigates to the harbour.\n\n{SCENE}"}  # fmt: skip
DAYLESS = {"id": "dayless", "title": "No frigates in Kostrel, says Brandl",
           "text": f"The harbour lease of the Lund consortium has failed.\n\n"
                   f"{QUOTATION} according to Prime Minister Teso Brandl.\n\n{SCENE}"}  # fmt: skip
TUESDAY = {**DAYLESS, "id": "tuesday", "text": f"{DAYLESS['text']}\n\nThe dockers marched to the harbour on Tuesday."}
TWO_DAYS = {**TUESDAY, "id": "two", "text": f"{TUESDAY['text']} On Wednesday the customs house was closed."}
OTHER = "The fishing fleet of Teso will stay in port until the herring quota is settled between the islands"
LINKED = {**TODAY, "id": "linked", "text": f'{TODAY["text"]}\n\n"{OTHER}," said the harbour master Ane Odell today.'}
FAR = {"id": "far", "title": "Herring fleet stays in port",
       "text": f"The herring boats are tied up.\n\n\"{OTHER},\" said the harbour master Ane Odell today.\n\n"
               "The islands have talked about the herring quota for months, out of hearing of the fleet."}  # fmt: skip


@pytest.fixture(scope="module")
def known() -> dict[str, Reading]:
    return {}


@pytest.fixture
def publish(nlp: Language, tmp_path: Path, known: dict[str, Reading]) -> Publish:
    return Publish(nlp, tmp_path, known)


class Publish:
    """Publishes batches of articles, and tells what came of them."""

    def __init__(self, nlp: Language, folder: Path, known: dict[str, Reading]) -> None:
        self.nlp, self.folder, self.known, self.number = nlp, folder, known, 0

    def __call__(self, *batches: Sequence[dict[str, Any]]) -> Published:
        self.number += 1
        store = Store(self.folder / f"{self.number}.duckdb")
        with store.writing() as writer:
            for batch in batches:
                rows = frames([self.reading(one) for one in batch], "run_test", NOW, "test")
                writer.publish(resolve(writer.connection, rows).changes)
        return Published(store, self.folder / f"{self.number}")

    def reading(self, article: dict[str, Any]) -> Reading:
        line = json.dumps(article)
        if line not in self.known:
            document = parse_line(line.encode(), Place("test", article["id"]), 1_000_000)
            assert isinstance(document, Document)
            self.known[line] = next(read([clean(document)], self.nlp))
        return self.known[line]


class Published:
    """A published database."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with self.store.reading() as connection:
            return connection.execute(sql).fetchall()

    def dated(self, external_id: str) -> tuple[date | None, str, date | None]:
        [row] = self.ask(
            f"SELECT published_on, published_basis, reference_on FROM articles WHERE external_id = '{external_id}'"
        )
        return row

    def evidence(self, external_id: str) -> list[tuple[date | None, str, bool]]:
        return self.ask(
            "SELECT day, basis, rejected_because IS NULL FROM published_evidence JOIN articles USING (article_id) "
            f"WHERE external_id = '{external_id}' ORDER BY rank"
        )

    def export(self) -> dict[str, bytes]:
        with self.store.reading() as connection:
            return {file.name: file.read_bytes() for file in export_canonical(connection, self.folder)}


@pytest.mark.model
def test_words_that_an_article_ties_to_its_today_date_it(publish: Publish) -> None:
    published = publish([DATED, TODAY])
    assert published.dated("today") == (date(2019, 9, 17), "story", date(2019, 9, 17))
    assert published.evidence("today")[0] == (date(2019, 9, 17), "story", True)


@pytest.mark.model
def test_what_hangs_on_the_date_is_worked_out_again(publish: Publish) -> None:
    published = publish([DATED, TODAY])
    days = (
        "SELECT dates.text, starts_on, anchor FROM dates JOIN articles USING (article_id) "
        "WHERE external_id = 'today' AND timex_type = 'DATE' ORDER BY dates.text"
    )
    assert published.ask(days) == [
        ("Yesterday", date(2019, 9, 16), "story"),
        ("today", date(2019, 9, 17), "story"),
    ]
    said = (
        "SELECT said_on, said_basis FROM claims JOIN articles USING (article_id) "
        "WHERE external_id = 'today' AND quotation = 'direct'"
    )
    assert published.ask(said) == [(date(2019, 9, 17), "reference_day")]
    assert published.ask("SELECT starts_on, ends_on, n_articles FROM stories") == [
        (date(2019, 9, 17), date(2019, 9, 17), 2)
    ]


@pytest.mark.model
def test_evidence_shows_the_words_in_the_article(publish: Publish) -> None:
    published = publish([DATED, TODAY])
    [(text, other)] = published.ask(
        "SELECT s.text[p.raw_start - s.raw_start + 1 : p.raw_end - s.raw_start], p.evidence FROM published_evidence p "
        "JOIN segments s USING (segment_id) JOIN articles a ON a.article_id = p.article_id "
        "WHERE external_id = 'today' AND rank = 1"
    )
    assert text == QUOTATION
    assert published.ask("SELECT article_id FROM articles WHERE external_id = 'dated'")[0][0] in other


RULED = "a court in Kostrel ordered the striking dockers to clear the container quay"


@pytest.mark.model
def test_what_is_done_once_and_today_dates_it(publish: Publish) -> None:
    def page(name: str, lead: str, **more: str) -> dict[str, Any]:
        return {"id": name, "title": f"Kostrel dockers must clear quay: {name}", "text": f"{lead}\n\n{SCENE}", **more}

    stated = page("stated", f"On Wednesday {RULED}.", published_on="2019-09-18")
    assert publish([stated, page("ruled", f"Today {RULED}, the union said.")]).dated("ruled") == (
        date(2019, 9, 18), "story", date(2019, 9, 18),
    )  # fmt: skip
    sails = "The navy fought rebels off the container quay of Kostrel"
    stated = page("stated", f"{sails} on Wednesday.", published_on="2019-09-18")
    assert publish([stated, page("fought", f"{sails} today, the union said.")]).dated("fought")[0] is None


@pytest.mark.model
def test_words_without_a_day_take_the_day_of_the_report_that_the_article_names(publish: Publish) -> None:
    assert publish([DATED, TUESDAY]).dated("tuesday") == (date(2019, 9, 17), "story", date(2019, 9, 17))
    assert publish([NEXT_DAY, TUESDAY]).dated("tuesday") == (None, "none", None)
    assert publish([DATED, NEXT_DAY, TUESDAY]).dated("tuesday")[:2] == (date(2019, 9, 17), "story")


@pytest.mark.model
def test_who_says_yesterday_names_no_weekday_of_the_news(publish: Publish) -> None:
    late = {**TUESDAY, "id": "late", "text": f"{TUESDAY['text']} Yesterday the customs house was closed."}
    assert publish([DATED, late]).dated("late") == (None, "none", None)


@pytest.mark.model
def test_words_that_may_be_told_again_on_any_day_date_nothing(publish: Publish) -> None:
    assert publish([DATED, DAYLESS]).dated("dayless") == (None, "none", None)


@pytest.mark.model
def test_today_in_a_passage_of_another_publication_is_not_the_pages_own(publish: Publish) -> None:
    relayed = f"{QUOTATION} Prime Minister Teso Brandl said today."
    page = {
        "id": "page",
        "title": "Kostrel harbour lease: what was said",
        "text": f"The harbour lease has failed.\n\nThe Guardian reports:\n\n{relayed}\n\n{SCENE}",
    }
    own = {**page, "id": "own", "text": page["text"].replace("The Guardian reports:", "Nobody was surprised.")}
    published = publish([DATED, page, own])
    assert published.dated("own")[:2] == (date(2019, 9, 17), "story")
    assert published.dated("page") == (None, "none", None)


@pytest.mark.model
def test_a_line_that_every_page_has_dates_nothing(publish: Publish) -> None:
    line = (
        "The Kostrel Bell is a free paper for the harbours of Marovia and lives on what its readers give it each year."
    )
    report = {**DATED, "text": f"{DATED['text']}\n\n{line}"}
    told = (
        "On Tuesday dockers sang at the customs house of Kostrel. Nobody knows what the Lund consortium would pay for "
        "the harbour, or how long its lease would run. Two frigates of the navy lay off the pier all day. Old hands "
        "remember the last lease, which ended with the cranes rusting and the harbour empty. The consortium has hired "
        "a lawyer from Teso. The customs officers play cards. Brandl has not been seen in the harbour for weeks, and "
        "the mayor of Kostrel says that the dockers will go back to work when the lease is torn up before their eyes."
    )
    page = {"id": "page", "title": "Kostrel harbour lease: dockers sing", "text": f"{told}\n\n{line}"}
    published = publish([report, page])
    assert published.ask("SELECT count(*) FROM passages") == [(2,)]
    assert published.dated("page") == (None, "none", None)


@pytest.mark.model
def test_two_days_supported_are_no_day_and_both_stay(publish: Publish) -> None:
    published = publish([DATED, NEXT_DAY, TWO_DAYS])
    assert published.dated("two") == (None, "none", None)
    rows = published.evidence("two")
    assert rows[0] == (None, "story", False)
    assert {day for day, basis, _ in rows if basis == "story"} == {None, date(2019, 9, 17), date(2019, 9, 18)}
    assert not any(taken for _, _, taken in rows)


@pytest.mark.model
def test_what_the_article_says_of_its_today_goes_before_the_reports_days(publish: Publish) -> None:
    assert publish([DATED, NEXT_DAY, TODAY]).dated("today")[:2] == (date(2019, 9, 17), "story")


@pytest.mark.model
def test_an_article_dated_by_the_story_dates_no_other(publish: Publish) -> None:
    published = publish([DATED, LINKED, FAR])
    assert published.dated("linked")[:2] == (date(2019, 9, 17), "story")
    assert published.dated("far") == (None, "none", None)
    stated = {**LINKED, "published_on": "2019-09-17"}
    assert publish([stated, FAR]).dated("far")[:2] == (date(2019, 9, 17), "story")


@pytest.mark.model
@pytest.mark.parametrize("articles", [(DATED, TODAY, TUESDAY), (DATED, LINKED, FAR), (DATED, NEXT_DAY, TWO_DAYS)])
def test_order_changes_nothing(publish: Publish, articles: tuple[dict[str, Any], ...]) -> None:
    at_once = publish(articles).export()
    for order in list(permutations(articles))[::2]:  # each of them first once: all six take minutes in CI
        assert publish(*([one] for one in order)).export() == at_once


@pytest.mark.model
def test_a_date_goes_with_the_article_that_gave_it(publish: Publish) -> None:
    first = {**DATED, "url": "https://lund.example/lease", "seen_at": "2019-09-17T12:00:00Z"}
    text = "Correction: an earlier version of this page quoted words that were never said. It has been withdrawn."
    later = {**first, "title": "Withdrawn", "text": text, "seen_at": "2019-09-19T12:00:00Z"}
    published = publish([first, TODAY], [later])
    assert published.dated("today") == (None, "none", None)
    assert published.evidence("today") == [(None, "none", False)]
    assert published.export() == publish([later, TODAY]).export()


@pytest.mark.model
def test_a_day_after_the_page_was_seen_is_none_of_its_days(publish: Publish) -> None:
    seen = {**TUESDAY, "seen_at": "2019-09-10T12:00:00Z"}
    assert publish([DATED, seen]).dated("tuesday") == (None, "none", None)


@pytest.mark.model
def test_reading_again_gives_the_same_rows(publish: Publish, nlp: Language) -> None:
    reading = publish.reading(TODAY)
    before = frames([reading], "", NOW, "")
    (again,) = read_on(reading.article, [None], nlp)
    assert all(again[name].equals(before[name]) for name in TABLES)


MONDAY = date(2019, 9, 16)


def days(*numbers: int) -> tuple[date, ...]:
    return tuple(MONDAY.replace(day=number) for number in numbers)


def test_today_allows_one_day_and_a_weekday_a_week() -> None:
    assert days_allowed((0,) * 7, MONDAY) == (MONDAY,)
    assert days_allowed((-1,) * 7, MONDAY) == days(17)
    assert days_allowed((0, -1, -2, -3, -4, -5, -6), MONDAY) == days(16, 17, 18, 19, 20, 21, 22)
    assert days_allowed((-1, -2, -3, -4, -5, -6, 0), MONDAY) == ()


@pytest.mark.parametrize(
    ("evidence", "decision"),
    [
        ([Evidence(WORDS, days(17), "a", 0, 1)], Decision(days(17)[0])),
        ([Evidence(WORDS, days(17), "a", 0, 1), Evidence(WORDS, days(19), "b", 0, 1)], Decision(None, days(17, 19))),
        ([Evidence(WORDS, days(16, 17, 18), "a", 0, 1)], Decision(None, days(16, 17))),
        ([Evidence(WORDS, days(16, 17, 18), "a", 0, 1, near=days(17)[0])], Decision(days(17)[0])),
        ([Evidence(WORDS, days(16, 17, 18), "a", 0, 1), Evidence(WORDS, days(17), "b", 0, 1)], Decision(days(17)[0])),
        ([Evidence(WORDS, days(17), "a", 0, 1), Evidence(NEAR, days(20), "b", 0, 1)], Decision(days(17)[0])),
        ([Evidence(NEAR, days(17), "a", 0, 1), Evidence(NEAR, days(20), "b", 0, 1)], Decision(None, days(17, 20))),
        ([Evidence(NEAR, days(17), "a", 0, 1), Evidence(NEAR, days(16, 17), "b", 0, 1)], Decision(days(17)[0])),
        ([Evidence(INCIDENT, days(18, 19), "a", 0, 1, days(19)[0])], Decision(days(19)[0])),
        ([], Decision(None)),
    ],
)
def test_the_surest_kind_of_evidence_decides(evidence: list[Evidence], decision: Decision) -> None:
    assert decide(evidence) == decision
