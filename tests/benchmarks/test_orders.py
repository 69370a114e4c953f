"""The benchmark of order tries real orders and splits, and shows what differs."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

import orders
import pytest
from orders import Rereader, differences, split
from sharing import share


@pytest.mark.parametrize("seed", range(1, 30))
def test_a_split_has_everything_once_and_no_empty_part(seed: int) -> None:
    parts = split(range(85), seed)
    assert sorted(one for part in parts for one in part) == list(range(85))
    assert all(parts)


def test_seeds_give_other_orders_and_the_same_seed_the_same() -> None:
    assert split(range(85), 7) == split(range(85), 7)
    assert len({str(split(range(85), seed)) for seed in range(1, 30)}) == 29
    assert {1, 85} <= {len(split(range(85), seed)) for seed in range(1, 60)}


def test_the_rows_that_differ_are_shown() -> None:
    one = {"actors.jsonl": b'{"name":"Odell"}\n{"name":"Teso"}\n', "places.jsonl": b""}
    other = {"actors.jsonl": b'{"name":"Odell"}\n{"name":"Lund"}\n', "places.jsonl": b""}
    assert differences(one, one) == []
    assert differences(one, other) == ['  actors.jsonl - {"name":"Teso"}', '  actors.jsonl + {"name":"Lund"}']


def test_an_article_is_read_again_from_a_day_but_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, list[date | None]]] = []

    def read(article: Any, days: list[date | None]) -> list[Any]:
        asked.append((article, days))
        return [{"day": day} for day in days]

    monkeypatch.setattr(orders, "read_again", read)
    reader, day, other = Rereader(), date(2019, 9, 17), date(2019, 9, 18)
    article: Any = "an article"
    assert reader(article, [None, day]) == [{"day": None}, {"day": day}]
    assert reader(article, [day, other, None]) == [{"day": day}, {"day": other}, {"day": None}]
    assert asked == [(article, [None, day]), (article, [other])]


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_shares_take_everything_once(parts: int) -> None:
    taken = [one for part in range(1, parts + 1) for one in share(f"{part}/{parts}").of(range(23))]
    assert sorted(taken) == list(range(23))


@pytest.mark.parametrize("text", ["", "2", "0/2", "3/2", "1/0", "a/b"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="second of three"):
        share(text)
