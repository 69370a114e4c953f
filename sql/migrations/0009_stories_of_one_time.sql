-- Articles more than sixty days apart are of one story only if one copies the other, and a shared passage counts nothing
-- then: their links on record get the likeness that new ones have, and those that are less alike than what links two
-- articles go, with them those whose likeness was not on record (0008). Stories follow when they are decided again, or
-- with a rebuild, which finds copies again. The numbers are 0.1 (what the distance takes from now on more than it did),
-- 0.2 (what a passage added) and 0.25 (what links two articles) of 2^30, the unit of likeness.

CREATE TEMP TABLE far AS
SELECT DISTINCT
  keys.key, split_part(keys.key, '|', 1) AS one_id, split_part(keys.key, '|', 2) AS other_id,
  split_part(keys.key, '|', 3)::BIGINT - 107374182 AS likeness
FROM work.keys
JOIN main.articles AS one ON one.article_id = split_part(keys.key, '|', 1)
JOIN main.articles AS other ON other.article_id = split_part(keys.key, '|', 2)
WHERE keys.layer = 'story' AND one.published_basis != 'story' AND other.published_basis != 'story'
  AND abs(date_diff('day', one.published_on, other.published_on)) > 60;

UPDATE far SET likeness = likeness - 214748365
WHERE EXISTS (
  SELECT 1 FROM main.passages
  WHERE (article_id = far.one_id AND other_article_id = far.other_id)
    OR (article_id = far.other_id AND other_article_id = far.one_id)
);

DELETE FROM work.keys WHERE layer = 'story' AND key IN (SELECT key FROM far WHERE likeness < 268435456);
UPDATE work.keys AS link SET key = far.one_id || '|' || far.other_id || '|' || far.likeness
FROM far WHERE link.layer = 'story' AND link.key = far.key;

DROP TABLE far;
