-- One row per audit or expectation that failed on a published batch, the newest first: what it looks at, how many rows.
-- param severity text '' fatal or warning
SELECT
  checked.checked_at,
  checked.suite,
  checked.table_name,
  checked.expectation,
  checked.severity,
  checked.n_failed,
  checked.n_rows,
  checked.examples,
  checked.run_id,
  checked.batch_id
FROM ops.checks AS checked
WHERE NOT checked.success AND contains(checked.severity, $severity::VARCHAR)
ORDER BY checked.checked_at DESC, checked.suite, checked.table_name, checked.expectation, checked.batch_id
