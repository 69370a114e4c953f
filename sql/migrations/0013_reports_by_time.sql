-- Reports of happenings are found by party or place and time, or by party or place and story, and no more by a party
-- alone: what it did in other years is not looked through. Keys "kind|place:…" and "kind|actor:…" become those.

CREATE TEMP TABLE reports AS
SELECT k.key, k.member_id, k.article_id, a.story_id, e.starts_on, coalesce(e.ends_on, e.starts_on) AS ends_on
FROM work.keys k
JOIN main.events e ON e.event_id = k.member_id
JOIN main.articles a ON a.article_id = k.article_id
WHERE k.layer = 'incident_index' AND regexp_matches(k.key, '^[^|]*[|](place|actor):[^|]*$');

DELETE FROM work.keys WHERE layer = 'incident_index' AND regexp_matches(key, '^[^|]*[|](place|actor):[^|]*$');

INSERT INTO work.keys
SELECT
  'incident_index',
  key || '|' || unnest(
    CASE
      WHEN date_diff('month', starts_on, ends_on) < 24
      THEN list_transform(
        range(date_trunc('month', starts_on), date_trunc('month', ends_on) + INTERVAL 1 DAY, INTERVAL 1 MONTH),
        lambda month: ltrim(strftime(month, '%Y-%m'), '0')
      )
      ELSE list_transform(range(year(starts_on), year(ends_on) + 1), lambda year: year::VARCHAR)
    END
  ),
  member_id,
  article_id
FROM reports
WHERE starts_on IS NOT NULL
UNION ALL
SELECT 'incident_index', story_id || '|' || key, member_id, article_id
FROM reports
WHERE story_id IS NOT NULL
UNION ALL
SELECT 'incident_index', 'ever|' || replace(key, '|place:', '|'), member_id, article_id
FROM reports
WHERE starts_with(key, 'seizure|place:');

DROP TABLE reports;
