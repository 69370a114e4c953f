-- The checks that failed in the last thirty days before the newest one, the latest first, with rows that broke them.
SELECT checked_at, severity, coalesce(table_name, suite) AS table_name, expectation, n_rows, n_failed, examples
FROM ops.checks
WHERE NOT success AND checked_at >= (SELECT max(checked_at) FROM ops.checks) - INTERVAL 30 DAY
ORDER BY checked_at DESC, severity, table_name, expectation
LIMIT 40
