-- One row per hop of a claim's way from the speaker to the page; an inferred one with the article that shows it.
SELECT hop.hop, hop.role, hop.name, hop.basis, hop.derivation,
  coalesce(hop.text, 'shown by ' || coalesce(outlet.name || ', ', '') || shown.shown_by_article_id) AS words
FROM attributions AS hop
LEFT JOIN revealed_hops AS shown ON shown.claim_id = hop.claim_id AND shown.hop = hop.hop
LEFT JOIN articles AS other ON other.article_id = shown.shown_by_article_id
LEFT JOIN sources AS outlet ON outlet.source_id = other.outlet_id
WHERE hop.claim_id = $id
ORDER BY hop.hop
