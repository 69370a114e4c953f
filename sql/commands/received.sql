-- All documents that came in, each once, in the order in which they came: also those that were set aside.
SELECT content_hash, source_name, location, external_id
FROM (
  SELECT content_hash, source_name, location, external_id, first_seen_at FROM raw.documents
  UNION ALL
  SELECT content_hash, source_name, location, external_id, first_seen_at FROM ops.quarantine
)
GROUP BY ALL
ORDER BY min(first_seen_at), location, content_hash
