"""hearsay_coreference: which mentions of one article are one actor or place.

Names are clustered first, over the whole text; then nominals and pronouns are linked in text order. Rules, in the
manner of the multi-pass sieve (Lee et al. 2013): the surest first, and no link where two answers are as good.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from flows.extract import doc as _attributes  # registers doc._.entities
from flows.extract.naming.chains import Chains
from flows.extract.naming.clusters import cluster_names
from flows.extract.naming.joint import drop_idle
from flows.extract.naming.links import link_others
from flows.extract.naming.written import written_title
from flows.records import Mention

_attributes.register()


@Language.component(
    "hearsay_coreference", assigns=["doc._.entities", "doc._.mentions"], requires=["doc._.mentions", "token.dep"]
)
def coreference(doc: Doc) -> Doc:
    """Set doc._.entities and the `entity` of every mention that is decided."""
    chains = Chains(doc)
    cluster_names(chains)
    link_others(chains)
    idle = drop_idle(chains)
    numbers = chains.numbers()
    doc._.mentions = tuple(
        _decided(doc, replace(mention, entity=numbers.get(chains.chain_of(i)), kind=chains.kind_of(i)))
        for i, mention in enumerate(doc._.mentions)
        if i not in idle
    )
    doc._.entities = chains.entities(numbers)
    return doc


def _decided(doc: Doc, mention: Mention) -> Mention:
    """The mention with its title as the text writes it, now that its kind is known."""
    title = written_title(doc, mention)
    return mention if title == mention.title_text else replace(mention, title_text=title)
