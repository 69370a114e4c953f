-- What is set aside, by reason.
SELECT
  stage,
  code,
  count(*) FILTER (WHERE dismissed_at IS NULL) AS n_open,
  count(*) FILTER (WHERE dismissed_at IS NOT NULL) AS n_dismissed,
  max(last_seen_at) AS last_seen_at,
  arg_max(reason, last_seen_at) AS reason,
  arg_max(location, last_seen_at) AS location
FROM ops.quarantine
GROUP BY stage, code
ORDER BY n_open DESC, code
