-- One row per pair of articles of which one copies words that the other has from an agency or outlet, and names nobody for them.
-- param relay text '' words of the name of the agency or outlet; none: all
SELECT
  coalesce(outlet.name, article.external_id) AS article,
  hop.name AS relay,
  hop.role,
  coalesce(other_outlet.name, other.external_id) AS shown_by,
  count(*) AS n_claims,
  left(min_by(passage.text, passage.start_char), 120) AS first_copied,
  article.published_on,
  other.published_on AS shown_on,
  article.article_id,
  other.article_id AS shown_by_article_id
FROM revealed_hops AS hop
JOIN passages AS passage USING (passage_id)
JOIN articles AS article ON article.article_id = hop.article_id
JOIN articles AS other ON other.article_id = hop.shown_by_article_id
LEFT JOIN sources AS outlet ON outlet.source_id = article.outlet_id
LEFT JOIN sources AS other_outlet ON other_outlet.source_id = other.outlet_id
WHERE contains(lower(hop.name), lower($relay::VARCHAR))
GROUP BY ALL
ORDER BY n_claims DESC, article.article_id, other.article_id, relay
