"""Legal forms of organizations, in the words that end a name, and those in other scripts around it."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Final

from kg.patterns import regex

_LEGAL: Final = frozenset(
    tuple(form.split())
    for form in """
    inc|incorporated|corp|corporation|co|llc|llp|lllp|lp|ltd|limited|plc|pllc|pc|pbc|ulc|cic|dac|clg
    gmbh|ggmbh|ag|kg|kgaa|ohg|ug|mbh|se|aktiengesellschaft|kommanditgesellschaft auf aktien|offene handelsgesellschaft
    sa|sas|sasu|sarl|sca|snc|scs|srl|srls|spa|sapa|sl|slu|sau|saa|sac|sab|sa de cv|sab de cv|sapi de cv|s de rl
    s de rl de cv|srl de cv|ltda|eireli|limitada|ltee|limitee
    bv|nv|vof|bvba|ab|as|asa|aps|oy|oyj|hf|ehf|uab|sia|ou
    kk|gk|kabushiki kaisha|godo kaisha|pty|pte|pvt|pty ltd|pte ltd|pvt ltd|private ltd|private limited|pvt limited|proprietary limited
    kft|zrt|nyrt|sro|spol s r o|sp z oo|sp z o o|spzoo|doo|eood|ood|bhd|sdn bhd|tbk|jsc|pjsc|ojsc|cjsc|oao|ooo|zao|pao
    fze|fzco|fz llc|wll|l l c|l l p|s a|s r l|s p a|s a s|b v|n v|k k|a s|d o o|s r o|s a r l|g m b h
    limited liability company|limited liability partnership|limited partnership|public limited company
    and co|und co|u co|et co|and cie|und cie|u cie|et cie|and cia|e cia|y cia|y compania|and company|company limited|company ltd|company inc|company llc|co ltd
    spolka akcyjna|spolka z ograniczona odpowiedzialnoscia|aktiebolag|aktiebolaget|aktieselskab|aktieselskabet
    anpartsselskab|aksjeselskap|osakeyhtio|naamloze vennootschap|besloten vennootschap
    gesellschaft mit beschrankter haftung|kommanditgesellschaft|societe anonyme|societe par actions simplifiee
    societe a responsabilite limitee|sociedad anonima|sociedad limitada|sociedade anonima|societa per azioni
    societa a responsabilita limitata|akciova spolecnost|reszvenytarsasag|anonim sirketi|limited sirketi|as publ|ab publ
    kabushiki gaisha|pcl|public company limited|tbk pt|persero tbk|persero tbk pt|berhad|sendirian berhad|sp k|incorporee|unlimited company|oy ab
    abp|dd|ead|lda|unipessoal lda|eirl|ksc|kscp|psc|chtd|asbl|vzw|ltd sti|prjsc
    designated activity company|saog|qpsc|njsc|scrl|scarl|scpa|cvba|sa rl|s ro|spol s ro|gesmbh|ges mbh|joint stock company
    open joint stock company|closed joint stock company|public joint stock company
    societe europeenne|societas europaea|europaische gesellschaft|europaeische gesellschaft|societe en commandite par actions
    societe en nom collectif|societe en commandite simple|societa in accomandita per azioni|societa in accomandita semplice
    allmennaksjeselskap|julkinen osakeyhtio|korlatolt felelossegu tarsasag|zartkoruen mukodo reszvenytarsasag|nyilvanosan mukodo reszvenytarsasag
    e v|e g|eingetragener verein|eingetragene genossenschaft|spolecnost s rucenim omezenym|drustvo s ogranicenom odgovornoscu
    besloten vennootschap met beperkte aansprakelijkheid|perusahaan terbuka|limited liability limited partnership
    """.replace("\n", "|").split("|")
    if form.strip()
)
_LEGAL_BY_LAST: Final = {
    last: list(forms)
    for last, forms in groupby(sorted(_LEGAL, key=lambda form: (form[-1], -len(form), form)), lambda form: form[-1])
}
"""Last word of a legal form -> the forms that end with it, the longest first."""
_BEFORE: Final = r"株式会社|有限会社|合同会社|주식회사|유한회사|\((?:株|有|合|주|유)\)"
_BEHIND: Final = "股份有限公司|有限责任公司|有限責任公司|有限公司"
_EASTERN: Final = "|".join(unicodedata.normalize(form, _BEFORE) for form in ("NFC", "NFKD"))
_RUSSIAN: Final = (
    "общество с ограниченно[ий] ответственностью|(?:(?:публичное|непубличное|открытое|закрытое) )?акционерное общество"
)
_ASIAN: Final = "|".join(
    unicodedata.normalize(form, r"công ty (?:cổ phần|tnhh)(?: mtv)?|شركة(?= \S+ \S)|บริษัท") for form in ("NFC", "NFKD")
)
"""The Arabic word is a common one, without which a single word behind it may be that of a country or a thing."""
FOREIGN_FIRST: Final = regex(rf"\A(?:(?:{_EASTERN}) ?|(?:{_ASIAN}|ооо|оао|зао|пао|нао|ао|тов|тоо|{_RUSSIAN}) ){{1,3}}(?=[\"'«„“]?\w)", re.IGNORECASE)  # fmt: skip
FOREIGN_LAST: Final = regex(
    rf"(?<=[^\s])(?: ?(?:{_EASTERN}|{_BEHIND}|จำกัด(?: ?\(มหาชน\))?)| בע[\"'״׳]{{1,2}}מ){{1,3}}\Z"
)
_SHORTEST_COMPANY: Final = 2  # words: "Boring Company" keeps its noun


def core_length(tokens: list[str]) -> int:
    """Return how many words are left before the legal forms at the end; at least one where there are any."""
    length = len(tokens)
    while length > 1:
        last = tokens[length - 1]
        for form in _LEGAL_BY_LAST.get(last, ()):
            size = len(form)
            if size < length and (size == 1 or tuple(tokens[length - size : length]) == form):
                length -= size
                break
        else:
            if last != "company" or length <= _SHORTEST_COMPANY:
                break
            length -= 1
    return length
