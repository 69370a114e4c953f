-- The latest run that read a source and began when it was due, or later.
SELECT started_at
FROM ops.runs
WHERE list_contains(sources, $source) AND started_at >= $due AND state = 'done'
ORDER BY started_at DESC
LIMIT 1
