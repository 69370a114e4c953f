"""The lexicons of events: triggers with the frames they need, classes of words, and nouns that stand for actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from flows.resources import classes, lexicon

COOPERATIVE: Final = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
VIOLENT: Final = frozenset({"ASSAULT", "FIGHT"})
HOSTILE: Final = VIOLENT | {"SANCTION", "COERCE", "PROTEST"}
VERBAL: Final = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE"})


@dataclass(frozen=True, slots=True)
class Test:
    """One condition on a frame: a slot ("obj", "pp", …), a preposition or particle, and what must stand there."""

    slot: str
    word: str | None
    filler: str | None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A row of event_triggers.tsv. `needs` are alternatives, each a conjunction; `recipient` slots in order."""

    lemma: str
    pos: str
    needs: tuple[tuple[Test, ...], ...]
    event_type: str
    mode: str | None
    context: tuple[str, ...]
    recipient: tuple[str, ...]
    row: int


@cache
def triggers() -> Mapping[tuple[str, str], tuple[Trigger, ...]]:
    """Triggers by (lemma, pos), in file order."""
    table: dict[tuple[str, str], list[Trigger]] = {}
    for number, row in enumerate(lexicon("event_triggers")):
        for lemma in row["lemma"].split("/"):
            table.setdefault((lemma, row["pos"]), []).append(_trigger(lemma, number, row))
    return {key: tuple(rows) for key, rows in table.items()}


def _trigger(lemma: str, number: int, row: Mapping[str, str]) -> Trigger:
    needs = tuple(tuple(map(_test, group.split())) for group in (row["needs"] or "").split("|"))
    return Trigger(
        lemma=lemma,
        pos=row["pos"],
        needs=needs,
        event_type=row["type"],
        mode=row["mode"] or None,
        context=tuple((row["context"] or "").split()),
        recipient=tuple(slot for slot in (row["recipient"] or "").split("|") if slot),
        row=number,
    )


def _test(item: str) -> Test:
    slot, *rest = item.split(":")
    if slot in {"pp", "nopp", "prt", "noprt"}:
        return Test(slot, rest[0], rest[1] if len(rest) > 1 else None)
    return Test(slot, None, rest[0] if rest else None)


@cache
def word_class(name: str) -> frozenset[str]:
    """The lemmas of a class of event_words.tsv. Raises KeyError for an unknown class."""
    return classes("event_words")[name]


@cache
def nominal_words() -> frozenset[str]:
    """Lemmas of the event nouns that can report an event without a light verb."""
    return frozenset(lemma for lemma, pos in triggers() if pos == "N")
