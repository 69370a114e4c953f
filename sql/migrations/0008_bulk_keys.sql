-- The keys by which words find each other are nine tenths of all keys and are looked up a few times a batch: in a table
-- of their own they cost the other layers' many lookups nothing.

CREATE TABLE work.bulk_keys (
  layer VARCHAR NOT NULL,
  key VARCHAR NOT NULL,
  member_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL
);

INSERT INTO work.bulk_keys SELECT layer, key, member_id, article_id FROM work.keys WHERE layer IN ('shingle', 'utterance_index');
DELETE FROM work.keys WHERE layer IN ('shingle', 'utterance_index');

-- A link of two articles tells how alike they are. Those on record count as just alike enough, until a rebuild.
UPDATE work.keys SET key = key || '|268435456' WHERE layer = 'story' AND key NOT LIKE '%|%|%';

COMMENT ON TABLE work.bulk_keys IS 'One blocking key of one member, of the layers that have very many: shingles of articles, words of sayings.';
COMMENT ON COLUMN work.bulk_keys.layer IS 'Key: what is compared: shingle or utterance_index.';
COMMENT ON COLUMN work.bulk_keys.key IS 'Key: the blocking key.';
COMMENT ON COLUMN work.bulk_keys.member_id IS 'Key: the member.';
COMMENT ON COLUMN work.bulk_keys.article_id IS 'Article of the member.';
