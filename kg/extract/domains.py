"""Domains of companies, as values of name fields print them."""

from __future__ import annotations

import re

from kg.names import slug, split_legal_form
from kg.patterns import regex

_COMMON_ENDS = (
    "com|org|net|edu|gov|mil|int|info|biz|name|pro|coop|aero|museum|jobs|mobi|travel|cat|asia|app|dev|cloud|online|site|store|shop|tech"
    "|group|agency|health|care|clinic|hospital|dental|law|legal|bank|finance|insurance|energy|solutions|services|systems|digital|global"
    "|world|consulting|school|academy|university|foundation|church|hotel|estate|construction|engineering|industries|express|media|design"
    "|studio|network|email|live|life|city|eco|farm|xyz|top|club|center|capital|partners|company|international|today|page|space|london|berlin"
)
"""Ends of domain names, besides those of two letters, that are taken for such beside other words."""
_HOST = r"(?:https?://)?(?:www\d?\.)?(?P<host>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}"
_PATH = r")(?::\d{1,5})?(?P<path>/[^\s)\]|,;]{0,300})?"
_LONGEST = 400
"""Characters of a text that may be a domain."""
DOMAIN = regex(rf"{_HOST}(?:[a-z]{{2}}|{_COMMON_ENDS}|xn--[a-z0-9-]{{2,59}}){_PATH}", re.IGNORECASE)
"""A domain beside other words; the group `host` is the domain itself, `path` what stands behind it."""
LONE_DOMAIN = regex(rf"{_HOST}[^\W\d_]{{2,24}}{_PATH}", re.IGNORECASE)
"""A whole text that looks like a domain."""
INTERNAL = regex(r"(?:[\w-]{1,63}\.){1,6}(?:local|localdomain|lan|internal|intranet|corp)", re.IGNORECASE)
"""A host in the network of a company; others have hosts of the same name."""
NO_DOMAIN = regex(
    r"(?:co|inc|corp|pvt|pte|pty|st|dr|mr|mrs|ms|jr|sr|no|vs)\.[a-z]{2,10}\Z|(?:.*\.)?(?:co|pvt|pte|pty|inc|corp)\.(?:ltd|inc|llc|limited)\Z|(?:[a-z]\.)+[a-z]{2,3}\Z"
    r"|.*\.(?:js|md|pdf|txt|zip|rar|docx?|xlsx?|csv|sql|7z|https?)\Z"
    rf"|{INTERNAL.pattern}\Z",
    re.IGNORECASE,
)
"""A host that is an abbreviation, a file, a word to which an address was glued ("goods.https"), or known in one network only."""


def domain_of(text: str) -> str:
    """Return the domain of an address or a bare domain, without "www."; "" where a text is none."""
    match = LONE_DOMAIN.fullmatch(text.strip()) if len(text) < _LONGEST else None
    return match["host"].casefold() if match and not NO_DOMAIN.match(match["host"]) else ""


_SHARED = frozenset(
    """
    linkedin.com facebook.com fb.com fb.me messenger.com twitter.com x.com t.co t.me telegram.me instagram.com threads.net youtube.com youtu.be tiktok.com
    vimeo.com dailymotion.com vk.com ok.ru xing.com weibo.com reddit.com medium.com substack.com quora.com flickr.com whatsapp.com wa.me discord.com discord.gg
    zoominfo.com dnb.com crunchbase.com bloomberg.com rocketreach.co apollo.io owler.com pitchbook.com opencorporates.com craft.co signalhire.com
    leadiq.com lusha.com datanyze.com growjo.com cbinsights.com tracxn.com hoovers.com manta.com yellowpages.com whitepages.com bbb.org kununu.com
    ambitionbox.com trustpilot.com clutch.co g2.com mapquest.com foursquare.com chamberofcommerce.com buzzfile.com bizapedia.com corporationwiki.com
    companieshouse.gov.uk company-information.service.gov.uk societe.com pappers.fr firmenwissen.de wlw.de gelbeseiten.de paginegialle.it pagesjaunes.fr
    emis.com panjiva.com importgenius.com zaubacorp.com tofler.in indiamart.com alibaba.com made-in-china.com globaldatabase.com
    wikipedia.org wikidata.org wikimedia.org fandom.com archive.org archive.today archive.is archive.ph bing.com duckduckgo.com baidu.com goo.gl g.page g.co bit.ly
    tinyurl.com linktr.ee lnkd.in ow.ly amzn.to pastebin.com ghostbin.com privatebin.net mega.nz mega.io mediafire.com gofile.io anonfiles.com dropbox.com wetransfer.com
    sendspace.com zippyshare.com 4shared.com imgur.com scribd.com issuu.com box.com onedrive.live.com 1drv.ms github.com gitlab.com bitbucket.org sourceforge.net
    ransomware.live ransomlook.io virustotal.com
    gmail.com googlemail.com msn.com passport.com web.de t-online.de freenet.de aol.com icloud.com me.com mac.com protonmail.com proton.me tutanota.com
    mail.com mail.ru inbox.ru list.ru bk.ru rambler.ru ukr.net qq.com 163.com 126.com sina.com naver.com hanmail.net daum.net rediffmail.com
    laposte.net wanadoo.fr sfr.fr libero.it virgilio.it tiscali.it bluewin.ch telenet.be skynet.be ziggo.nl seznam.cz wp.pl o2.pl interia.pl onet.pl
    uol.com.br bol.com.br terra.com.br comcast.net verizon.net sbcglobal.net att.net bellsouth.net cox.net btinternet.com fastmail.com hushmail.com
    """.split()
)
"""Hosts on which many have a page or their mail: networks, directories, encyclopedias, searches, shorteners, hosts of files, providers of mail."""
_BUILDERS = frozenset(
    """
    wixsite.com wix.com wordpress.com weebly.com squarespace.com tumblr.com github.io gitlab.io pages.dev workers.dev netlify.app vercel.app herokuapp.com web.app
    firebaseapp.com appspot.com azurewebsites.net azurestaticapps.net cloudapp.net windows.net cloudfront.net amazonaws.com sharepoint.com myshopify.com business.site
    godaddysites.com onrender.com webflow.io carrd.co strikingly.com site123.me ueniweb.com tripod.com angelfire.com 000webhostapp.com webs.com yolasite.com
    blogger.com typepad.com over-blog.com livejournal.com neocities.org page.link notion.site atlassian.net zendesk.com force.com salesforce.com mystrikingly.com
    """.split()
)
"""Hosts whose customers have a site of their own below them."""
_FAMILIES = frozenset(
    """
    google blogspot yandex yelp indeed glassdoor kompass europages infobel tripadvisor pinterest northdata jimdo jimdofree webnode cylex
    yahoo ymail hotmail outlook gmx
    """.split()
)
"""Hosts of these kinds that have a domain in many countries."""
_SECOND = frozenset("co com org net gov edu ac or ne go gob".split())
_GENERIC = frozenset("the and of for group groupe grupo gruppe holding holdings company international services".split())
_SHORTEST_PATH = 4
_INITIALS = 3
_SURE = 5
"""Letters of a host's name that may be followed by others in the name of its company ("LinkedIn Ireland")."""


def own_domain(text: str, name: str = "") -> str:
    """Return the domain of an address as `domain_of` does, "" where it is not that of who has the name but a page about it.

    Such pages lie on hosts that many share, and below the address of somebody else. Without a name a host that many
    share is told only where it stands alone: then it is that of who runs it.
    """
    match = LONE_DOMAIN.fullmatch(text.strip()) if len(text) < _LONGEST else None
    if match is None or NO_DOMAIN.match(match["host"]) or is_elsewhere(match["host"], match["path"] or "", name):
        return ""
    return match["host"].casefold()


def is_elsewhere(host: str, path: str, name: str = "") -> bool:
    """Return whether an address, by its host and its path, is not that of who has the name but a page about it."""
    host, path = host.casefold(), path.strip("/")
    if shared := _shared(host):
        return bool(path) or host != shared or not _runs(shared, name)
    if len(path) < _SHORTEST_PATH or not name:
        return False
    key = _key(name)
    return len(key) >= _SHORTEST_PATH and key in slug(path).replace("-", "") and not is_related(host, name)


def is_related(host: str, name: str) -> bool:
    """Return whether the letters of a host tell that it may be that of who has the name."""
    words = _words(name)
    site = slug("".join(_labels(host.casefold()))).replace("-", "")
    if not words or not site:
        return False
    whole = "".join(words)
    initials = "".join(word[0] for word in words)
    left = site
    for word in words:
        left = left.replace(word, "", 1) if len(word) >= _INITIALS else left
    return (
        (len(words[0]) >= _INITIALS and words[0] in site)
        or (len(site) >= _INITIALS and site in whole)
        or (len(initials) >= _INITIALS and site.startswith(initials))
        or 5 * len(left) < 2 * len(site)
    )


def _shared(host: str) -> str:
    """The host that many share, of a host that is one or lies below it; "" for another."""
    labels = host.split(".")
    for at in range(len(labels) - 1):
        below = ".".join(labels[at:])
        if below in _SHARED or below in _BUILDERS:
            return below
    name = _labels(host)
    return host[host.rindex(f"{name[-1]}.") :] if name and name[-1] in _FAMILIES else ""


def _labels(host: str) -> list[str]:
    """The labels of a host without the ends that it shares with others ("alder.co.uk": alder)."""
    labels = host.split(".")[:-1]
    return labels[:-1] if len(labels) > 1 and labels[-1] in _SECOND else labels


def _runs(shared: str, name: str) -> bool:
    """Whether a name is that of who runs a host that many share."""
    key, label = _key(name), _key(_labels(shared)[-1])
    called = key == label or (len(label) >= _SURE and key.startswith(label))
    return not name or called or f"{slug(name)}-".startswith(f"{slug(shared)}-")


def _key(name: str) -> str:
    return slug(split_legal_form(name)[0]).replace("-", "")


def _words(name: str) -> list[str]:
    words = slug(split_legal_form(name)[0]).split("-")
    return [word for word in words if word not in _GENERIC] or words
