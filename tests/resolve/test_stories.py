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


def n_stories(*told: tuple[str, int]) -> int:
    """The number of stories of articles, each with its text and its days since DAY."""
    with duckdb.connect() as connection:
        migrate(connection, NOW)
        state = State(connection)
        rows = [
            {
                "article_id": f"art_{number}", "document_id": f"doc_{number}", "text": text,
                "published_on": DAY + timedelta(days), "published_basis": "metadata",
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
