-- The last run of each set of sources in the thirty days before the newest, the latest first. A command that reads no source
-- (its runs bear its name) tells how things stand until anything else ran: nothing would ever come in its place.
SELECT
  started_at,
  state,
  exit_code,
  n_new,
  n_unchanged,
  n_set_aside,
  n_checks,
  n_checks_failed,
  epoch(ended_at) - epoch(started_at) AS seconds,
  list_sort(sources) AS sources
FROM ops.runs
WHERE started_at >= (SELECT max(started_at) FROM ops.runs) - INTERVAL 30 DAY
QUALIFY row_number() OVER (PARTITION BY list_sort(sources) ORDER BY started_at DESC, run_id) = 1
  AND (NOT list_has_any(sources, ['rebuild', 'forget', 'quarantine', 'backfill', 'judge']) OR started_at = max(started_at) OVER ())
ORDER BY started_at DESC
