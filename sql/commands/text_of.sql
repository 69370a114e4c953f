-- The clean text of an article.
SELECT text FROM articles WHERE article_id = $id
