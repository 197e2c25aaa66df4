"""Words of titles that name nobody."""

from __future__ import annotations

from kg.extract.suppliers.titles import KINDS

GENERIC = (
    frozenset(
        """
    a an the our your list lists of current authorized authorised approved engaged new all other key main third party third-party infrastructure
    affiliate affiliates entity global data customer customers personal service services hosting security legal privacy trust help support center centre
    documentation docs appendix annex schedule exhibit section updated last effective as and to in for us we gdpr dpa ccpa processing home table page
    information about core primary additional optional product specific internal external cloud changes notice addendum agreement terms
    liste lista lijst übersicht verzeichnis aktuelle unsere unserer genehmigte weitere der die das des den von vom bei für und
    les la le nos notre du de et pour los las nuestros y para elenco dei degli della nostri e van onze het goedgekeurde
    overview directory registry register registre registro inventory catalog catalogue summary index aperçu panorama overzicht relación relacion listado resumen
    each every any some such many most no users user clients client members merchants partners partner
    recently newly added where who when how why if whether vue ensemble tableau panoramica tabella description descripción elenchi details detail which these this following below above not nous wir it they
    company companies processor processors subprocessor subprocessors sub-processor sub-processors supplier suppliers vendor vendors provider providers
    controller importer exporter organization organisation group business firma unternehmen gesellschaft auftragnehmer auftraggeber auftragsverarbeiter verwerker leverancier
    bedrijf société entreprise prestataire proveedor empresa encargado responsable fornitore società responsabile
    former formerly previous past removed deprecated discontinued terminated retired inactive historic historical expired decommissioned offboarded replaced
    upcoming planned pending future proposed coming soon forthcoming legacy change log history archive archived ehemalige frühere geplante künftige zukünftige
    anciens futurs futuros anteriores antiguos voormalige toekomstige geplande nieuwe neue nouveaux nuevos
    january february march april may june july august september october november december i ii iii iv v vi vii viii ix
    plan plans tier tiers edition editions free premium pro trial basic api apis sdk confidential draft public restricted
    """.split()
    )
    | KINDS
)
"""Words that name nobody."""


LINKS = frozenset(
    "a an and at by de del della der des di do du e et en for in la le los las of on op or the to und van von voor y zu für & al da dos das den het san och og i".split()
)
"""Words without a capital inside of names."""
