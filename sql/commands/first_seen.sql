-- When published articles came in, and with which run.
SELECT article_id, first_seen_at, run_id
FROM main.articles
WHERE article_id IN (SELECT unnest($ids))
