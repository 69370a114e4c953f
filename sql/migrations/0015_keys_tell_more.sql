-- Keys of words tell where they stand: a shingle in its text, so that two articles are compared there first, and the words
-- of a saying in time, so that those of all years are not read. Where shingles on record stand isn't known: two articles
-- that share them are compared as a whole.

ALTER TABLE work.bulk_keys ADD COLUMN ordinal INTEGER;

UPDATE work.bulk_keys AS k
SET ordinal = date_diff('day', DATE '1970-01-01', a.published_on)
FROM main.articles AS a
WHERE a.article_id = k.article_id AND a.published_basis <> 'story' AND k.layer <> 'shingle';

COMMENT ON COLUMN work.bulk_keys.ordinal IS 'Where the key stands: of a shingle its first character in the article, from 0, null where it stands there more than once; of words of a saying the day on which the article says that it was published, in days since 1970-01-01.';

-- Who is in every other article under the same names is decided alike everywhere: those of one number have the same keys,
-- and one of them is looked at for all (flows.resolve.standing). Those on record have no number and are looked at one by
-- one: what SQL makes of a name is not always what Python does.

ALTER TABLE work.keys ADD COLUMN alike UBIGINT;

COMMENT ON COLUMN work.keys.alike IS 'A number for what joins the member to others, where the lexicon knows it: members of one number are decided alike.';
