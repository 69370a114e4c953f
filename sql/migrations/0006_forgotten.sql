-- What was forgotten on request: neither it nor anything drawn from it is kept, and it is never taken in again.

CREATE TABLE ops.forgotten (
  document_id VARCHAR NOT NULL,
  content_hash VARCHAR NOT NULL,
  source_name VARCHAR NOT NULL,
  because VARCHAR NOT NULL,
  forgotten_at TIMESTAMPTZ NOT NULL
);

COMMENT ON TABLE ops.forgotten IS 'One document as received that was forgotten on request: its bytes, its articles and all that was drawn from them are gone.';
COMMENT ON COLUMN ops.forgotten.document_id IS 'Key: the document.';
COMMENT ON COLUMN ops.forgotten.content_hash IS 'Key: SHA-256 of the bytes that were taken away.';
COMMENT ON COLUMN ops.forgotten.source_name IS 'Source that it came from.';
COMMENT ON COLUMN ops.forgotten.because IS 'Why, as it was said.';
COMMENT ON COLUMN ops.forgotten.forgotten_at IS 'When, UTC.';
