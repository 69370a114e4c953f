-- Documents that are published and that could not be read again as they were.
SELECT count(*)
FROM published
ANTI JOIN raw.documents USING (content_hash)
ANTI JOIN (FROM ops.quarantine WHERE code <> 'H210') USING (content_hash)
