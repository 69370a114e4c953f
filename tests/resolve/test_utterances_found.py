"""Sayings that articles share find each other: a few words, and what is retold long afterwards."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from test_elsewhere import known, publish  # noqa: F401  (fixtures)

if TYPE_CHECKING:
    from test_elsewhere import Publish

LONG = '"Nobody who has hidden a sheet of paper in this matter will keep a licence to sail out of Kostrel,"'
FIRST: dict[str, Any] = {
    "id": "first", "published_on": "2019-09-17", "title": "Harbour master blames the owners",
    "text": 'The harbour master of Kostrel, Ane Odell, was heard on Tuesday. "We did not know," Odell said.\n\n'
            f"{LONG} she said.",
}  # fmt: skip
NEXT: dict[str, Any] = {
    "id": "next", "published_on": "2019-09-18", "title": "Ferry owners silent",
    "text": 'Two ferries stayed in port. "We did not know," said Ane Odell, the harbour master. '
            "Their owners were not heard.",
}  # fmt: skip
LATER: dict[str, Any] = {
    "id": "later", "published_on": "2019-10-11", "title": "First licence withdrawn",
    "text": f"Kostrel has withdrawn a licence. {LONG} the harbour master, Ane Odell, had said in September.",
}  # fmt: skip


@pytest.mark.model
def test_articles_share_sayings(publish: Publish) -> None:  # noqa: F811
    published = publish([FIRST, NEXT], [LATER])
    shared = published.ask("SELECT n_articles, text FROM utterances WHERE n_articles > 1 ORDER BY text")
    assert [(n, text.strip('"“”,')[:12]) for n, text in shared] == [(2, "Nobody who h"), (2, "We did not k")]


@pytest.mark.model
def test_what_is_retold_weeks_later_gets_no_day_from_then(publish: Publish) -> None:  # noqa: F811
    dated = {**FIRST, "text": FIRST["text"].replace("she said.", "she said on Tuesday.")}
    undated = {**LATER, "text": LATER["text"].replace(" had said in September", " has said")}
    published = publish([dated, undated])
    said = published.ask(
        "SELECT external_id, said_on FROM claims JOIN articles USING (article_id) "
        "WHERE content LIKE '%licence to sail%' ORDER BY external_id"
    )
    assert said == [("first", date(2019, 9, 17)), ("later", None)]


@pytest.mark.model
def test_whatever_comes_first(publish: Publish) -> None:  # noqa: F811
    at_once = publish([FIRST, NEXT, LATER]).export()
    for order in permutations((FIRST, NEXT, LATER)):
        assert publish(*([one] for one in order)).export() == at_once
