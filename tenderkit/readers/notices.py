"""Standard notices: words that stand on every e-mail, page or published notice and say nothing of this document."""

from __future__ import annotations

import re

_LONG = 1_600  # characters; a block longer than this is no standard notice, whatever it holds
_LABELLED = 24  # words of a line such as "Procedure type: Open procedure (below threshold)"

_E_MAIL = re.compile(
    r"""
      \bth(?:is|e)\s(?:e-?mail|message|transmission)\b.{0,160}\b(?:confidential|privileged|intended\s(?:solely|only))
    | \bif\syou\sare\snot\sthe\s(?:intended|named)\b
    | \bif\syou\s(?:have\s)?received?\sth(?:is|e)\s.{0,60}\b(?:in|by)\s(?:error|mistake)\b
    | \b(?:consider|think\s(?:of|about))\sthe\senvironment\sbefore\b
    | \bth(?:is|e)\se-?mail\b.{0,80}\b(?:scanned|swept|checked)\b.{0,60}\bvirus
    | ^(?:\W*caution\W+|\W*external\W+)?this\se-?mail\s(?:originated|came|was\ssent)\sfrom\soutside
    | \be-?mails?\b.{0,80}\bmay\sbe\s(?:monitored|recorded|intercepted)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_PAPER = r"(?:document|proposal|tender|bid|report|response|submission|presentation|publication|material|page)"
_CONFIDENTIAL = re.compile(
    rf"""
      ^\W*(?:strictly\s)?(?:commercial(?:ly)?(?:\sand)?|private(?:\s(?:and|&))?)[\s–-]*(?:in[\s-])?confiden\w*\W*$
    | ^\W*(?:strictly\s|commercially\s)?(?:confidential|sensitive)\W*$
    | ^\W*official(?:[\s:–-]+sensitive)?(?:[\s:–-]+(?:commercial|personal))?\W*$
    | \b(?:this|the\sinformation\s(?:contained\s)?in\sthis)\s{_PAPER}\b.{{0,160}}\b(?:confidential|proprietary)\b
      .{{0,300}}\b(?:not\sbe|may\snot|must\snot|shall\snot|prior|without)\b
    | \bno\spart\sof\sthis\s{_PAPER}\b.{{0,60}}\b(?:reproduced|copied|disclosed|transmitted|stored)\b
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_COPYRIGHT = re.compile(
    rf"""
      ^\W*(?:©|copyright\b|\(c\)\s)(?:[^.]|\.(?!\s)){{0,100}}\b(?:19|20)\d\d\b
    | \ball\srights\sreserved\b
    | ^\W*©\s?crown\scopyright
    | \b(?:this|all)\s(?:{_PAPER}|content)\b.{{0,60}}\b(?:licen[cs]ed|available|re-?used)\b.{{0,60}}
      \bopen\sgovernment\slicence
    | ^(?!.*\(the\s).*\bregistered\sin\s(?:england|scotland|wales|northern\sireland|ireland)\b.{{0,80}}
      \b(?:no\b|number\b|office\b|\d{{6,8}})
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_PRIVACY = re.compile(  # addressed to whoever reads: "your data"; what a supplier does with residents' data is content
    r"""
      \bprivacy\s(?:notice|policy|statement)\b.{0,200}\byour\s(?:personal\s)?(?:data|information)\b
    | \byour\s(?:personal\s)?(?:data|information)\b.{0,300}\bprivacy\s(?:notice|policy|statement)\b
    | \bth(?:is|e)\s(?:web\s?)?site\suses?\scookies\b | ^\W*we\suse\s(?:\w+\s){0,3}cookies\b
    | \b(?:accept|manage|reject)\s(?:\w+\s)?cookies\b
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_LABEL = re.compile(  # what a published notice says of itself
    r"""^\W*(?:
        notice\s(?:identifier|reference|number|type|status|title|version|published|id)
      | publi(?:shed(?:\s(?:date|by|on))?|cation\s(?:date|reference))
      | (?:date\s)?last\s(?:edited|updated|changed)(?:\sdate)?
      | procurement\s(?:identifier|category|reference|method)(?:\s\(ocid\))?
      | ocid | ocds\s\w+
      | cpv(?:\s(?:codes?|classifications?))? | common\sprocurement\svocabulary(?:\s\(cpv\))?
      | (?:main|additional)\s(?:procurement\s)?categor(?:y|ies)(?:\s\(cpv[^)]*\))?
      | (?:type\sof\s)?procedure(?:\stype)? | type\sof\s(?:contract|notice|procedure)
      | nature\sof\sthe\scontract | legal\sbasis
      | (?:contract\s)?(?:closing|deadline)\s(?:date|time)(?:\sand\stime)?
      | contract\s(?:reference|locations?|type)
      | (?:region|regions\sof\ssupply|nuts\scodes?|place\sof\sperformance)
      | contracting\sauthority(?:\s(?:type|name))? | buyer(?:'s)?\s(?:name|type|organisation)
    )\s*(?::|\t)\s*(?P<value>.*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NUMBERED = re.compile(  # a code of the Common Procurement Vocabulary, or the number of a notice, and its few words
    r"^\W*(?:(?:cpv\W*)?\d{8}(?:-\d)?|ocds-[a-z0-9]{6}-[\w.-]+|\d{4}/s\s\d{3}-\d{6})(?=\W|$)", re.IGNORECASE
)
# Each with words of which it holds one, whatever it says: most blocks hold none, and no pattern need be tried.
_KINDS = (
    (("confidential", "privileged", "intended", "receive", "environment", "virus", "outside", "mail"), _E_MAIL),
    (("confiden", "sensitive", "official", "proprietary", "part"), _CONFIDENTIAL),
    (("©", "copyright", "(c)", "reserved", "licen", "registered"), _COPYRIGHT),
    (("privacy", "cookie"), _PRIVACY),
)


def is_notice(text: str) -> bool:
    """
    Tell whether a block is a standard notice: of an e-mail, on confidence, copyright or privacy, or of a notice itself.

    A statement on the same subject is none: "We will publish a privacy notice" is content.

    >>> is_notice("If you are not the intended recipient, delete this message."), is_notice("CPV codes: 72000000")
    (True, True)
    >>> is_notice("We will write a privacy notice that tells residents how their data is used.")
    False
    """
    if len(text) > _LONG:
        return False
    lowered = text.lower()
    for words, kind in _KINDS:
        for word in words:  # no any(): a loop of its own takes half the time, and every block comes here
            if word in lowered:
                if kind.search(text):
                    return True
                break
    if len(text.split()) > _LABELLED:
        return False
    return bool(_NUMBERED.match(text) or _LABEL.match(text))
