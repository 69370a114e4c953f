-- The articles of the seven days up to the newest, as a multiple of the source's median week of the four before; nothing when
-- it is not yet read for two whole weeks.
(
  WITH seen AS (
    SELECT first_seen_at FROM articles JOIN batch_sources USING (article_id) WHERE source_name = {source}
    UNION ALL
    SELECT first_seen_at FROM past_articles WHERE source_name = {source}
  ),
  aged AS (SELECT floor(epoch((SELECT max(first_seen_at) FROM seen) - first_seen_at) / 604800) AS week FROM seen),
  weeks AS (
    SELECT week, count(aged.week) AS n
    FROM range(1, 5) AS whole(week) LEFT JOIN aged USING (week)
    WHERE week <= (SELECT max(week) FROM aged) GROUP BY week
  )
  SELECT CASE WHEN count(*) >= 2 THEN (SELECT count(*) FROM aged WHERE week = 0) / nullif(median(n), 0) END FROM weeks
)
