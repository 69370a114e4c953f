-- What hangs on the unknown today of an article without a date: dates from other reports of its story build on it.

CREATE TABLE work.day_offsets (
  article_id VARCHAR NOT NULL,
  table_name VARCHAR NOT NULL,
  row_id VARCHAR NOT NULL,
  own_on DATE,
  offsets INTEGER[]
);

COMMENT ON TABLE work.day_offsets IS 'One claim, event or time expression whose day hangs on the unknown today of its article; a row for the article itself says that it was looked at.';
COMMENT ON COLUMN work.day_offsets.article_id IS 'Key: the article, which has no date of its own.';
COMMENT ON COLUMN work.day_offsets.table_name IS 'Key: claims, events, dates, or articles.';
COMMENT ON COLUMN work.day_offsets.row_id IS 'Key: key of the row.';
COMMENT ON COLUMN work.day_offsets.own_on IS 'Its day as the article tells it without a date.';
COMMENT ON COLUMN work.day_offsets.offsets IS 'Days from today to its day, for a today that is a Monday, a Tuesday … a Sunday; null when it is not to be told so.';
