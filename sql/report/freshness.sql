-- One row per source.
SELECT source_name, n_documents, last_read_at, last_new_at, newest_published_on
FROM ops.freshness
ORDER BY last_new_at DESC NULLS LAST, source_name
