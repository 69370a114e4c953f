-- One row per source: when it was last read, when it last gave something new, and the day of its newest article.
SELECT source_name, n_documents, last_read_at, last_new_at, newest_published_on
FROM ops.freshness
ORDER BY source_name
