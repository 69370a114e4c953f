-- What came in of the document that has this id, or an article of this id.
SELECT document_id, content_hash, source_name
FROM raw.documents
WHERE document_id = $id
  OR document_id IN (SELECT document_id FROM work.versions WHERE article_id = $id)
ORDER BY ALL
