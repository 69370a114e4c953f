"""What a source is expected to give, as rules of the suites: a minimum that is missed is fatal, a maximum only warns.

The thresholds stand in the source's description, beside what they guard: `[quality]` in data/sources/NAME.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from flows.ingest.sources import Source
from flows.validate.rules import BATCH, Rule, template

PREFIX: Final = "quality: "


@dataclass(frozen=True)
class Measure:
    """How one threshold is measured: over which rows of which table, by which SQL.

    `sql` is a sum over the rows, or the name of a file of sql/expectations that measures by itself.
    """

    table: str
    sql: str
    counted: str = "true"
    least: int | None = None  # new articles, in place of the source's own `judged_from`

    def filled(self, source: str) -> str:
        """The SQL for a source, given as a literal."""
        if not self.sql.isidentifier():
            return self.sql.format(source=source)
        return f"any_value({template(self.sql).format(source=source)})"


_UNDATED: Final = "avg((published_on IS NULL)::INTEGER)"
_A_CLAIM: Final = (
    "(SELECT count(*) FROM claims JOIN batch_sources USING (article_id) WHERE source_name = {source}) / count(*)"
)
MEASURES: Final[dict[str, Measure]] = {
    "min_dated": Measure("articles", f"1 - {_UNDATED}"),
    "max_undated": Measure("articles", _UNDATED),
    "max_unknown_language": Measure("articles", "avg((language IS NULL)::INTEGER)"),
    "min_claims_per_article": Measure("articles", _A_CLAIM),
    "max_claims_per_article": Measure("articles", _A_CLAIM),
    "max_without_speaker": Measure("claims", "avg((speaker_text IS NULL)::INTEGER)"),
    "max_undecided_actors": Measure(
        "mentions", "avg((actor_id IS NULL AND place_id IS NULL)::INTEGER)", "form = 'name'"
    ),
    "max_repeated_text": Measure("articles", "repeated_text"),
    "min_weekly_volume": Measure("articles", "weekly_volume", least=1),
    "max_weekly_volume": Measure("articles", "weekly_volume", least=1),
    "max_days_late": Measure("articles", "days_late"),
    "max_score_drift": Measure("claims", "score_drift"),
    "max_new_outlets": Measure("articles", "new_outlets", least=1),
}


def expected(sources: Iterable[Source], filled: Sequence[str]) -> dict[str, list[Rule]]:
    """The rules of all thresholds that the sources set, by table; tables that are not `filled` have none."""
    found: dict[str, list[Rule]] = {}
    for source in sources:
        for name, measure in MEASURES.items():
            limit = getattr(source.quality, name)
            if limit is not None and measure.table in filled:
                found.setdefault(measure.table, []).append(_rule(source, name, limit))
    return found


def _rule(source: Source, name: str, limit: float) -> Rule:
    measure, is_minimum = MEASURES[name], name.startswith("min_")
    quoted = "'" + source.name.replace("'", "''") + "'"
    sql = template("quality").format(
        source=quoted,
        name=name,
        limit=limit,
        measure=measure.filled(quoted),
        counted=measure.counted,
        least=measure.least or source.quality.judged_from,
        sign="<" if is_minimum else ">",
        batch=BATCH,
    )
    return Rule(measure.table, f"{PREFIX}{source.name} {name}", sql, "fatal" if is_minimum else "warning")
