-- The runs that began before $before, but for the last one of each set of sources.
SELECT run_id
FROM ops.runs
QUALIFY started_at < $before AND row_number() OVER (PARTITION BY list_sort(sources) ORDER BY started_at DESC, run_id) > 1
