-- A row is one hop that another article reveals, with the passage that both share: it names the agency, this one copies.
CREATE OR REPLACE VIEW main.revealed_hops AS
SELECT
  hop.claim_id,
  hop.hop,
  hop.role,
  hop.name,
  hop.article_id,
  passage.other_article_id AS shown_by_article_id,
  passage.passage_id
FROM main.attributions AS hop
JOIN main.passages AS passage ON hop.derivation = 'shared passage ' || passage.passage_id;
COMMENT ON VIEW main.revealed_hops IS 'One inferred hop of a chain that another article reveals, which names whom this one copies without a word.';
COMMENT ON COLUMN main.revealed_hops.claim_id IS 'Claim whose way it belongs to.';
COMMENT ON COLUMN main.revealed_hops.hop IS 'Its number on that way (attributions.hop).';
COMMENT ON COLUMN main.revealed_hops.role IS 'Role of the one who passes the claim on.';
COMMENT ON COLUMN main.revealed_hops.name IS 'Agency, outlet or other relay.';
COMMENT ON COLUMN main.revealed_hops.article_id IS 'Article that copies and names nobody.';
COMMENT ON COLUMN main.revealed_hops.shown_by_article_id IS 'Article that names the relay.';
COMMENT ON COLUMN main.revealed_hops.passage_id IS 'Words that both have.';
