-- One row per document that was set aside instead of published: at which stage, why, and how to try it again.
-- param stage text '' ingest, clean, extract, resolve or validate
SELECT stage, code, reason, source_name, location, replay, first_seen_at, last_seen_at, content_hash
FROM ops.quarantine
WHERE dismissed_at IS NULL AND contains(stage, $stage::VARCHAR)
ORDER BY last_seen_at DESC, location, content_hash
