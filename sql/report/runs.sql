-- The last thirty runs that took something in, the oldest first.
SELECT started_at, n_new, n_set_aside, n_claims, n_checks_failed, epoch(ended_at) - epoch(started_at) AS seconds
FROM (FROM ops.runs WHERE n_checks > 0 ORDER BY started_at DESC, run_id LIMIT 30)
ORDER BY started_at, run_id
