-- One row per hop of a claim's way from the speaker to the page; an inferred one with the article that shows it.
SELECT hop.hop, hop.role, hop.name, hop.basis, hop.derivation,
  coalesce(hop.text, 'shown by ' || coalesce(outlet.name || ', ', '') || passage.other_article_id) AS words
FROM attributions AS hop
LEFT JOIN passages AS passage ON hop.derivation = 'shared passage ' || passage.passage_id
LEFT JOIN articles AS other ON other.article_id = passage.other_article_id
LEFT JOIN sources AS outlet ON outlet.source_id = other.outlet_id
WHERE hop.claim_id = $id
ORDER BY hop.hop
