-- Who bears each key: of those that are decided alike the first one alone, without its article. `these` are rows of work.keys.
SELECT layer, key, alike, min(member_id) AS member_id, CASE WHEN alike IS NULL THEN min(article_id) END AS article_id
FROM these
GROUP BY layer, key, alike, CASE WHEN alike IS NULL THEN member_id END
