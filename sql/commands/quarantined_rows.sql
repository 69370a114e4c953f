-- The whole rows of what was set aside, for those whose content hash begins with $id.
SELECT *
FROM ops.quarantine
WHERE starts_with(content_hash, $id)
ORDER BY content_hash, stage
