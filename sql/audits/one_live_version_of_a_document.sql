-- A row is an article whose document has another live version.
-- severity: fatal
SELECT article_id, 'articles' AS table_name, article_id AS row_id, 'document ' || document_id || ' has another live version' AS problem
FROM articles
WHERE document_id IN (SELECT document_id FROM live_versions GROUP BY document_id HAVING count(DISTINCT article_id) > 1);
