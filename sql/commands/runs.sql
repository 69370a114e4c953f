-- One row per run, the latest first, at most ten.
SELECT
  run_id,
  started_at,
  round(epoch(ended_at) - epoch(started_at), 1) AS seconds,
  state,
  exit_code,
  n_new,
  n_unchanged,
  n_superseded,
  n_set_aside,
  n_claims,
  n_events,
  n_checks,
  n_checks_failed
FROM ops.runs
ORDER BY started_at DESC, run_id
LIMIT 10
