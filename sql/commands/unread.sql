-- What could not be read and is not dismissed; H210 is of bytes that were ours, not of a file.
SELECT content_hash, source_name, location
FROM ops.quarantine
WHERE stage = 'ingest' AND code <> 'H210' AND dismissed_at IS NULL
