-- Full names are linked where they may be one person's, and people named by a surname alone are placed by their story
-- and time: a new Smith is no more compared with all Smiths. The keys of names are not told in SQL: as long as
-- work.name_links is empty, the next batch records those of all people on record, and decides them anew.

CREATE TABLE work.name_keys (
  key UBIGINT NOT NULL,
  name VARCHAR NOT NULL
);

CREATE TABLE work.name_links (
  name VARCHAR NOT NULL,
  other VARCHAR NOT NULL
);

COMMENT ON TABLE work.name_keys IS 'One key by which a full name is found by those that may be the same person''s.';
COMMENT ON COLUMN work.name_keys.key IS 'Key: a surname and a given name in some spelling, hashed to 64 bits.';
COMMENT ON COLUMN work.name_keys.name IS 'Key: the key of a surname and the full name: "brandl|ada brandl".';
COMMENT ON TABLE work.name_links IS 'Two full names that may be one person''s, a row for each of the two; each name with itself too.';
COMMENT ON COLUMN work.name_links.name IS 'Key: the name, as in name_keys.';
COMMENT ON COLUMN work.name_links.other IS 'Key: the name that agrees with it.';
