"""Which articles are of one story: what they tell, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from flows.publish.migrate import migrate
from flows.resolve.state import State, frame_of
from flows.resolve.stories import assign_stories

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date(2019, 9, 17)
RULING = (
    "Judge Ada Brandl of Kostrel ordered the Odell shipyard on Tuesday to pay the widows of nine welders who died "
    "when the Lund crane fell. The shipyard of Kostrel had let inspectors wait. Odell's lawyers will appeal, "
    "and the welders' union of Marovia called the ruling late."
)
APPEAL = (
    "Lawyers for the Odell shipyard asked the court of appeal on Friday to set aside what nine widows were awarded. "
    "An engineer, Ole Teso, testified that bolts of the Lund crane were tightened in spring and that gusts off Kostrel "
    "lighthouse exceeded every forecast. Outside, riveters held candles; a choir sang. Presiding judge Mira Halvorsen "
    "adjourned until the glaciologist's memorandum about wind shear is translated."
)


def n_stories(*told: tuple[str, int | None]) -> int:
    """The number of stories of articles, each with its text and its days since DAY, None for one without a date."""
    with duckdb.connect() as connection:
        migrate(connection, NOW)
        state = State(connection)
        rows = [
            {
                "article_id": f"art_{number}", "document_id": f"doc_{number}", "text": text,
                "published_on": None if days is None else DAY + timedelta(days),
                "published_basis": "none" if days is None else "metadata",
            }
            for number, (text, days) in enumerate(told)
        ]  # fmt: skip
        state.put("articles", frame_of("articles", rows))
        ids = {str(row["article_id"]) for row in rows}
        assign_stories(state, ids, ())
        return state.rows("articles", "article_id", ids).get_column("story_id").n_unique()


@pytest.mark.parametrize(("days", "stories"), [(3, 1), (21, 1), (61, 2), (400, 2)])
def test_what_is_told_of_long_afterwards_is_a_story_of_its_own(days: int, stories: int) -> None:
    assert n_stories((RULING, 0), (APPEAL, days)) == stories


def test_a_copy_is_of_its_story_however_late_it_comes() -> None:
    assert n_stories((RULING, 0), (f"{RULING} First published in autumn.", 400)) == 1


@pytest.mark.parametrize("days", [0, None])
def test_two_terms_that_say_most_of_both_find_an_article_without_a_date(days: int | None) -> None:
    closed = "Mira Halvorsen closed the Odell lighthouse. Halvorsen gave no reason, and the lighthouse stays dark."
    dark = "The lighthouse flickered, neighbours said. Halvorsen shrugged: the lighthouse, says Halvorsen, needs bulbs."
    assert n_stories((closed, days), (dark, None)) == 1


FIRE = (
    "Firefighters in {town} fought a blaze at the Odellmart supermarket on Friday night. The roof of the supermarket "
    "collapsed and shoppers were evacuated, chief officer {chief} said. {chief} called the cause suspicious. {detail}."
)
TOWNS = {
    ("Kostrel", "Brandl"): (
        "A baker smelt smoke and rang the parish bell",
        "Pumps came from Teso by ferry",
        "The lighthouse promenade was shut and trawlers stayed moored",
        "Soot drifted over the harbour's sardine cannery",
        "Tenants slept in a Lutheran chapel",
        "An insurer put the damage at nine millions",
    ),
    ("Vesmar", "Lund"): (
        "A cyclist photographed flames from the viaduct",
        "Tankers drew water out of the Marovia canal",
        "Trams halted and the funicular lost electricity",
        "A freezer had sparked twice in August",
        "Pupils were sheltered in a gymnasium among trampolines",
        "Vintners feared for the vineyard uphill",
    ),
}


def test_two_happenings_alike_that_many_tell_are_two_stories() -> None:
    told = [
        [FIRE.format(town=town, chief=chief, detail=detail) for detail in details]
        for (town, chief), details in TOWNS.items()
    ]
    assert n_stories(*((text, 0) for texts in told for text in texts)) == 2
    assert n_stories(*((text, 0) for texts in told for text in texts[:5])) == 1  # of few it can't be told
