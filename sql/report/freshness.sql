-- One row per source: what came in the seven days to its newest article, beside its median week of the four before, and how
-- many days old the median article of these days was. What was filled in of the past, or tried again, is not counted.
WITH seen AS (
  SELECT source_name, article_id, first_seen_at,
    floor(epoch(max(first_seen_at) OVER (PARTITION BY source_name) - first_seen_at) / 604800) AS week
  FROM raw.documents
  ANTI JOIN (FROM ops.runs WHERE list_has_any(sources, ['backfill', 'quarantine'])) USING (run_id)
  WHERE article_id IS NOT NULL
),
weekly AS (
  SELECT source_name, week, count(*) AS n FROM seen WHERE week < 5 GROUP BY ALL
),
oldest AS (SELECT source_name, least(max(week), 4) AS n_weeks FROM seen GROUP BY ALL),
usual AS (
  SELECT source_name, median(coalesce(n, 0)) AS usual_week
  FROM (SELECT source_name, unnest(range(1, n_weeks::BIGINT + 1)) AS week FROM oldest)
  LEFT JOIN weekly USING (source_name, week)
  GROUP BY ALL
),
late AS (
  SELECT source_name, median(date_diff('day', published_on, seen.first_seen_at::DATE)) AS days_late
  FROM (FROM seen WHERE week = 0) AS seen JOIN articles USING (article_id)
  GROUP BY ALL
)
SELECT source_name, n_documents, last_read_at, last_new_at, newest_published_on, n AS this_week, usual_week, days_late
FROM ops.freshness
LEFT JOIN (FROM weekly WHERE week = 0) USING (source_name)
LEFT JOIN usual USING (source_name)
LEFT JOIN late USING (source_name)
ORDER BY last_new_at DESC NULLS LAST, source_name
