-- The last thirty runs, the oldest first.
SELECT
  started_at,
  state,
  exit_code,
  n_new,
  n_unchanged,
  n_set_aside,
  n_claims,
  n_checks,
  n_checks_failed,
  epoch(ended_at) - epoch(started_at) AS seconds,
  list_sort(sources) AS sources
FROM (FROM ops.runs ORDER BY started_at DESC, run_id LIMIT 30)
ORDER BY started_at, run_id
