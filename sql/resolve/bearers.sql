-- Who bears each key: of those that are decided alike the first one alone. `these` are rows of work.keys.
SELECT layer, key, alike, min(member_id) AS member_id
FROM these
GROUP BY layer, key, alike, CASE WHEN alike IS NULL THEN member_id END
