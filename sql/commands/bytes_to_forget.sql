-- The bytes of what was forgotten that no document has which stays.
SELECT DISTINCT content_hash
FROM ops.forgotten
ANTI JOIN raw.documents USING (content_hash)
