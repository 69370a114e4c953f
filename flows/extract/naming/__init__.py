"""Who and what a text names: the parts of the components hearsay_mentions and hearsay_coreference."""
