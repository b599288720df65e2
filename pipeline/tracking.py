"""Which parameters of a query say how a reader came, and not what the address answers with."""

from __future__ import annotations

import re

PREFIXES = (
    "utm_",
    "at_",
    "mtm_",
    "pk_",
    "piwik_",
    "matomo_",
    "hsa_",
    "_hs",
    "oly_",
    "vero_",
    "wt_",
    "wt.",
    "__twitter",
    "action_",
    "fb_",
    "ns_",
    "itm_",
    "cm_mmc",
    "gaa_",
    "xtor",
)
"""Beginnings of keys that are dropped whatever follows, lower case."""

ALWAYS = frozenset(
    """
    fbclid gclid dclid gclsrc gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh li_fat_id
    mc_cid mc_eid mkt_tok smid smtyp smprod cmp cmpid cmpg cmp_id itid taid tblci ocid oref xtor mod
    ncid ncmp nclid wpisrc wpmm wprss maca marfeeltn traffic_source rss_id
    __source __tn__ __xts__ _ga _gl ga_source ga_medium ga_campaign s_cid s_kwcid ecid epik
    hp hpid sref share shared sharetype share_from sharer smcs guccounter guce_referrer
    guce_referrer_sig src_pid referrer referer ref_src ref_url refsrc fromrss feedtype
    amp amp_js_v amp_gsa amp_ct outputtype output_type print printable printer pagewanted
    phpsessid jsessionid sessionid session_id aspsessionid sessid cfid cftoken zanpid spm
    bcsi_scan rand nocache cachebust _t cid_source partner_ref campaign_id campaignid campaign
    recruiter emc icid intcid intcmp cx_testid cx_testvariant cx_artpos cx_click cx_recs_click
    ftag dicbo obOrigUrl oborigurl obclid wickedid rb_clickid trk trkinfo trkcampaign
    mibextid soc_src soc_trk tsrc linkid linkcode smtrack originalreferrer rnd amphtml
    srnd leadsource embedded-checkout taboola_id sh_kit cvid ei pc ssr
    """.lower().split()
)
"""Keys that are dropped whatever they hold, lower case."""

UNLESS_NUMBER = frozenset(
    [
        "ref",
        "source",
        "sid",
        "from",
        "src",
        "via",
        "r",
        "s",
        "rss",
        "feed",
        "origin",
        "medium",
        "wtrid",
        "partner",
        "channel",
        "srcref",
    ]
)
"""Keys that are dropped when they hold words: with a number they are often the article itself."""

_NUMBER = re.compile(r"[\d._-]*\d[\d._-]*\Z")


def is_tracking(name: str, value: str) -> bool:
    """Whether a parameter says how a reader came; `name` in any case, `value` as it stands."""
    name = name.lower()
    if name in ALWAYS or name.startswith(PREFIXES):
        return True
    return name in UNLESS_NUMBER and _NUMBER.match(value) is None
