"""The layers across articles: actors, stories, passages, utterances, origins, incidents, discrepancies.

What is undecided counts as not found, and each layer looks at what was published of the listed articles alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gold_articles import Aliases, same_unit
from gold_counts import Count, b_cubed, paired
from gold_published import Published, Row
from gold_records import Record, locate
from gold_units import Reading, Words
from gold_words import one_is

Member = tuple[str, str]  # a file and an address in it


class Across:
    """The gold's records across the articles of some stories, and what was published of those articles."""

    def __init__(self, records: Sequence[Record], readings: Mapping[str, Reading], published: Published) -> None:
        self._records = records
        self._readings = readings
        self._published = published
        self._files = [file for record in self._of("story") for file in record["files"]]
        self._file_of = {row["article_id"]: file for file in self._files if (row := published.article(file))}

    def _of(self, layer: str) -> list[Record]:
        return [record for record in self._records if record["layer"] == layer]

    def counts(self, aliases: Aliases) -> Iterator[tuple[str, Count]]:
        """Layer → count."""
        yield "across.actors", self._same_mentions("actor")
        yield "across.places", self._same_mentions("place")
        yield "across.actors_apart", self._apart()
        yield "across.stories", self._stories()
        stories = {row["story_id"]: row for row in self._published.tables["stories"]}
        of_story = {file: row["story_id"] for file in self._files if (row := self._published.article(file))}
        yield "across.story_day", self._days("story", stories, of_story)
        yield from self._passages()
        for layer, table, key in (("utterance", "claim_parts", "utterance_id"), ("incident", "events", "incident_id")):
            yield from self._joined(layer, table, key)
        yield from self._utterances(aliases)
        yield from self._discrepancies()

    # -------------------------------------------------------------------------------------- actors, stories

    def _same_mentions(self, name: str) -> Count:
        """B-cubed over all the gold's named mentions of actors or places, in all articles at once.

        A mention that was left undecided, or taken for the other of the two, was not found.
        """
        wanted: dict[tuple[str, int], str] = {}
        given: dict[tuple[str, int], str] = {}
        for file, reading in self._readings.items():
            units = [
                one
                for one in reading.units["mention"]
                if one.facts["form"] == "name" and one.facts.get(name) is not None
            ]
            found = list(self._published.reading(file).units["mention"])
            numbers = {id(unit): (file, at) for at, unit in enumerate(units)}
            wanted |= {numbers[id(unit)]: unit.facts[name] for unit in units}
            for one, other in paired(units, found, lambda one, other: len(one.words & other.words)):
                if other.facts.get(name) is not None:
                    given[numbers[id(one)]] = other.facts[name]
        return b_cubed(wanted, given)

    def _apart(self) -> Count:
        """Actors that share a name and must not be one: by what most of their named mentions became."""
        became: dict[str, Counter[str]] = {}
        for file, reading in self._readings.items():
            units = [one for one in reading.units["mention"] if one.facts["form"] == "name"]
            found = list(self._published.reading(file).units["mention"])
            for one, other in paired(units, found, lambda one, other: len(one.words & other.words)):
                label, actor = one.facts.get("actor") or one.facts.get("place"), other.facts.get("actor")
                became.setdefault(str(label), Counter())[str(actor or other.facts.get("place"))] += 1
        right, wrong, n = 0, [], 0
        for record in self._of("apart"):
            told = [became[name].most_common(1)[0][0] for name in record["names"] if name in became]
            if len(told) > 1:  # others are mentioned in articles that were not read whole
                n += 1
                right += len(set(told)) == len(told)
                wrong += [] if len(set(told)) == len(told) else [" / ".join(record["names"])]
        return Count(right, n, n, (), tuple(wrong))

    def _stories(self) -> Count:
        """Which articles are of one story, B-cubed."""
        wanted = {file: story["name"] for story in self._of("story") for file in story["files"]}
        given = {file: row["story_id"] for file in wanted if (row := self._published.article(file))}
        return b_cubed(wanted, given)

    def _days(self, layer: str, rows: Mapping[str, Row], of: Mapping[Any, str]) -> Count:
        """The first day of each listed story or incident, by the published one that most of its members belong to."""
        total: list[Any] = [0, 0, 0, []]
        for record in self._of(layer):
            members = record["files"] if layer == "story" else [(m["file"], m["at"]) for m in record["members"]]
            labels = Counter(of[member] for member in members if member in of)
            row = rows.get(labels.most_common(1)[0][0], {}) if labels else {}
            day = None if row.get("starts_on") is None else str(row["starts_on"])
            wanted = record["starts_on"]
            same = day is not None and day == wanted
            _add(total, same, wanted is not None, day is not None, f"{record['name']}: {wanted}, not {day}")
        return Count(*total[:3], (), tuple(total[3]))

    # -------------------------------------------------------------------------------------- passages

    def _passages(self) -> Iterator[tuple[str, Count]]:
        """Shared text, by words of both sides; and the direction of each listed stretch."""
        gold, directions, wrong = set(), 0, []
        rows = [row for file in self._files for row in self._published.of("passages", file)]
        records = self._of("passage")
        for record in records:
            sides = (record["file"], record["at"]), (record["other"], record["other_at"])
            gold |= {(*self._pair(*sides), file, at) for file, words in self._sides(sides) for at in words}
            told = self._direction(record, rows)
            directions += told == record["direction"]
            wrong += [] if told == record["direction"] else [f"{sides}: {record['direction']}, not {told}"]
        found = set()
        for row in rows:
            file, other = self._file_of.get(row["article_id"]), self._file_of.get(row["other_article_id"])
            if file and other:
                ends = (file, row["start_char"], row["end_char"]), (other, row["other_start"], row["other_end"])
                words = [(one, at) for one, *span in ends for at in self._published.aligned(one).of(*span)]
                found |= {(*sorted((file, other)), *word) for word in words}
        yield "across.passages", Count(len(gold & found), len(gold), len(found))
        yield "across.passage_direction", Count(directions, len(records), len(records), (), tuple(wrong))

    def _pair(self, one: Member, other: Member) -> tuple[str, str]:
        return min(one[0], other[0]), max(one[0], other[0])

    def _sides(self, sides: Iterable[Member]) -> Iterator[tuple[str, Words]]:
        yield from ((file, self._words((file, at))) for file, at in sides)

    def _words(self, member: Member) -> Words:
        page = self._published.aligned(member[0]).reading
        return page.of(locate(page.text, member[1]))

    def _direction(self, record: Record, rows: Sequence[Row]) -> str | None:
        """The published direction of a listed passage, seen from its `file`."""
        turned = {"from_other": "to_other", "to_other": "from_other"}
        words = self._words((record["file"], record["at"]))
        for row in rows:
            ends = {self._file_of.get(row["article_id"]): (row["start_char"], row["end_char"])}
            ends[self._file_of.get(row["other_article_id"])] = row["other_start"], row["other_end"]
            if set(ends) != {record["file"], record["other"]}:
                continue
            if self._published.aligned(record["file"]).of(*ends[record["file"]]) & words:
                told = str(row["direction"])
                return told if self._file_of[row["article_id"]] == record["file"] else turned.get(told, told)
        return None

    # -------------------------------------------------------------------------------------- utterances, incidents

    def _joined(self, layer: str, table: str, key: str) -> Iterator[tuple[str, Count]]:
        """Members of one utterance or incident, and the articles that are one origin for it, both B-cubed."""
        wanted: dict[tuple[str, Member], str] = {}
        given: dict[tuple[str, Member], str] = {}
        placed: dict[Member, str] = {}
        for record in self._of(layer):
            if layer == "incident" and not record["types"]:
                continue  # a happening that PLOVER has no type for, listed for its discrepancies
            for row in record["members"]:
                member = row["file"], row["at"]
                item = record["name"], member
                wanted[item] = record["name"]
                if label := self._label(member, table, key):
                    given[item] = placed[member] = label
        yield f"across.{layer}s", b_cubed(wanted, given)
        yield f"across.{layer}_origins", self._origins(layer, placed)
        if layer == "incident":
            rows = {row["incident_id"]: row for row in self._published.tables["incidents"]}
            yield "across.incident_day", self._days(layer, rows, placed)

    def _label(self, member: Member, table: str, key: str) -> str | None:
        """The utterance or incident that the published row at a gold member belongs to."""
        file, _ = member
        words = self._words(member)
        names = ("trigger_start", "trigger_end") if table == "events" else ("start_char", "end_char")
        shares = []
        for row in self._published.of(table, file):
            own = self._published.aligned(file).of(row[names[0]], row[names[1]])
            if own & words:
                shares.append((len(own & words) / min(len(own), len(words)), len(own & words), row[key] or ""))
        best = max(shares, default=(0.0, 0, ""))
        return best[2] if best[0] >= 0.5 and best[2] else None

    def _origins(self, layer: str, placed: Mapping[Member, str]) -> Count:
        """Which of the articles that carry one utterance or incident have one origin, over those that were found."""
        numbers = {
            (row["about_id"], self._file_of.get(row["article_id"])): row["origin"]
            for row in self._published.tables["origins"]
            if row["about"] == layer
        }
        wanted: dict[tuple[str, str], tuple[str, int]] = {}
        given: dict[tuple[str, str], tuple[str, int]] = {}
        for record in self._of(layer):
            name = record["name"]
            wanted |= {(name, file): (name, at) for at, group in enumerate(record["origins"]) for file in group}
            for row in record["members"]:
                label = placed.get((row["file"], row["at"]))
                if label and (label, row["file"]) in numbers:
                    given.setdefault((name, row["file"]), (label, numbers[label, row["file"]]))
        return b_cubed(wanted, {item: label for item, label in given.items() if item in wanted})

    def _utterances(self, aliases: Aliases) -> Iterator[tuple[str, Count]]:
        """Speaker and day of each listed utterance, by the published one that most of its members belong to."""
        rows = {row["utterance_id"]: row for row in self._published.tables["utterances"]}
        records = self._of("utterance")
        totals: dict[str, list[Any]] = {"speaker": [0, 0, 0, []], "said_on": [0, 0, 0, []]}
        for record in records:
            labels = Counter(
                label
                for member in record["members"]
                if (label := self._label((member["file"], member["at"]), "claim_parts", "utterance_id"))
            )
            row = rows.get(labels.most_common(1)[0][0], {}) if labels else {}
            names = self._published.names.get(row.get("speaker_id") or "", set())
            speaker = record["speaker"]
            same = speaker is not None and one_is([speaker, *aliases.get(speaker, ())], sorted(names))
            _add(
                totals["speaker"],
                same,
                speaker is not None,
                bool(names),
                f"{record['name']}: {speaker}, not {sorted(names)}",
            )
            day = None if row.get("said_on") is None else str(row["said_on"])
            same = day is not None and day == record["said_on"]
            _add(
                totals["said_on"],
                same,
                record["said_on"] is not None,
                day is not None,
                f"{record['name']}: {record['said_on']}, not {day}",
            )
        for name, (right, wanted, given, wrong) in totals.items():
            yield f"across.utterance_{name}", Count(right, wanted, given, (), tuple(wrong))

    # -------------------------------------------------------------------------------------- discrepancies

    def _discrepancies(self) -> Iterator[tuple[str, Count]]:
        """A listed discrepancy is found when a published one of its field holds two of its values."""
        values: dict[str, list[Row]] = {}
        for row in self._published.tables["discrepancy_values"]:
            values.setdefault(row["discrepancy_id"], []).append(row)
        given = [
            row
            for row in self._published.tables["discrepancies"]
            if any(value["article_id"] in self._file_of for value in values.get(row["discrepancy_id"], ()))
        ]
        records = self._of("discrepancy")
        matched: dict[str, Record] = {}
        missed = []
        for record in records:
            row = next(
                (row for row in given if row["discrepancy_id"] not in matched and self._same(record, row, values)), None
            )
            if row is None:
                missed.append(f"{record['about']}, {record['field']}")
            else:
                matched[row["discrepancy_id"]] = record
        wrong = tuple(f"{row['about']} {row['field']}" for row in given if row["discrepancy_id"] not in matched)
        yield "across.discrepancies", Count(len(matched), len(records), len(given), tuple(missed), wrong)
        right = sum(
            matched[row["discrepancy_id"]]["kind"] == row["kind"] for row in given if row["discrepancy_id"] in matched
        )
        yield "across.discrepancy_kind", Count(right, len(records), len(given))

    def _same(self, record: Record, row: Row, values: Mapping[str, Sequence[Row]]) -> bool:
        """Whether a published discrepancy is of the listed field and unit, and holds two of its different values."""
        (wanted, _, unit), (field, _, counted) = record["field"].partition(":"), str(row["field"]).partition(":")
        told = counted.strip()
        if wanted != field or (unit and told not in {"people", "person"} and not same_unit(unit, told)):
            return False
        spans = [
            (file, self._published.aligned(file).of(value["start_char"], value["end_char"]))
            for value in values.get(row["discrepancy_id"], ())
            if (file := self._file_of.get(value["article_id"]))
        ]
        held = {
            value["value"]
            for value in record["values"]
            if any(value["file"] == file and self._words((file, value["at"])) & own for file, own in spans)
        }
        return len(held) > 1


def _add(total: list[Any], same: bool, wanted: bool, given: bool, told: str) -> None:
    total[0] += same
    total[1] += wanted
    total[2] += given
    if not same and (wanted or given):
        total[3].append(told)
