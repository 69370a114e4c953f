-- What people judge is written into the judgements themselves.

COMMENT ON TABLE ops.judgements IS 'One decision of a person that the database is in line with; the file of judgements is the truth.';
COMMENT ON COLUMN ops.judgements.judgement_id IS 'Key: hash of layer, verdict and both sides.';
COMMENT ON COLUMN ops.judgements.layer IS 'What is decided: actor (who is who), published_on or reference_on of an article, speaker of a claim.';
COMMENT ON COLUMN ops.judgements.left_key IS 'A name, or the id of a mention or claim; of a day the article, of a speaker the claim.';
COMMENT ON COLUMN ops.judgements.right_key IS 'A name, or the id of a mention or claim; the day; the speaker, or - for nobody.';
COMMENT ON COLUMN ops.judgements.basis IS 'person: no rule is kept here.';
COMMENT ON COLUMN ops.judgements.judged_at IS 'When the database was brought in line with it, UTC.';
COMMENT ON COLUMN main.published_evidence.basis IS 'Kind of evidence: metadata, url, dateline, text, story, judgement.';
COMMENT ON COLUMN main.actor_names.basis IS 'On what ground the name was joined to the actor: exact, lexicon, spelling, surname, article, label, judgement.';
