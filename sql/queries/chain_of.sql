-- One row per hop of a claim's way to the page: the speaker first, then whoever relayed it, the page last.
-- param claim text required the claim's id, or words of its content
SELECT
  claim.claim_id,
  claim.content,
  hop.hop,
  hop.role,
  hop.name,
  hop.basis,
  hop.text AS words,
  hop.derivation,
  passage.other_article_id AS shown_by_article_id
FROM claims AS claim
JOIN attributions AS hop USING (claim_id)
LEFT JOIN passages AS passage ON hop.derivation = 'shared passage ' || passage.passage_id
WHERE claim.claim_id = $claim::VARCHAR OR contains(lower(claim.content), lower($claim::VARCHAR))
ORDER BY claim.article_id, claim.start_char, claim.claim_id, hop.hop
