-- Documents that are published and whose bytes could not be read again.
SELECT count(*)
FROM ops.quarantine
SEMI JOIN published USING (content_hash)
WHERE code = 'H210'
