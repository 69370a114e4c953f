-- The ids of all versions of a document.
SELECT article_id FROM work.versions WHERE document_id = $id ORDER BY article_id
