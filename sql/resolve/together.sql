-- For each two numbers the first article in which entities of both are: `these` are rows of work.keys.
SELECT min(one.article_id) AS article_id
FROM (SELECT DISTINCT alike, article_id FROM these) AS one
JOIN (SELECT DISTINCT alike, article_id FROM these) AS other USING (article_id)
WHERE one.alike < other.alike
GROUP BY one.alike, other.alike
