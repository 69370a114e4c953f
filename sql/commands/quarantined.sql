-- What was set aside, the latest first. $code and $source narrow it down when they are not null; $all shows what was
-- dismissed too.
SELECT
  left(content_hash, 12) AS id,
  stage,
  code,
  reason,
  source_name,
  location,
  first_seen_at,
  last_seen_at,
  dismissed_because
FROM ops.quarantine
WHERE ($code::VARCHAR IS NULL OR code = $code)
  AND ($source::VARCHAR IS NULL OR source_name = $source)
  AND ($all::BOOLEAN OR dismissed_at IS NULL)
ORDER BY last_seen_at DESC, location, content_hash, stage
