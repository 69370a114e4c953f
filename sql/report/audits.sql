-- The checks of the latest batch of which there are any, a row per table.
WITH latest AS (
  SELECT batch_id FROM ops.checks ORDER BY checked_at DESC, batch_id DESC LIMIT 1
)
SELECT
  coalesce(table_name, suite) AS table_name,
  count(*) AS n_checks,
  max(n_rows) AS n_rows,
  count(*) FILTER (WHERE NOT success AND severity = 'fatal') AS n_fatal,
  count(*) FILTER (WHERE NOT success AND severity = 'warning') AS n_warning,
  max(checked_at) AS checked_at
FROM ops.checks
SEMI JOIN latest USING (batch_id)
GROUP BY ALL
ORDER BY n_fatal DESC, n_warning DESC, table_name
