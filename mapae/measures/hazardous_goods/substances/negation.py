"""Whether a text says that a named thing is not in the goods: no, free of, 무첨가, 不含, and lists that one such word governs."""

from __future__ import annotations

import re

__all__ = ["negated"]

# In the masked text every letter of a name is NAME.
NAME = "\x01"
_N = f"{NAME}+(?:(?:'s|s)\\b)?"
_LINK = rf"(?:[\s,、·ㆍ・•/+&|()（）\[\]'\"]|{NAME}|및|와|과|또는|혹은|이나|\band\b|\bor\b|\bnor\b|和|及|或|与|以及)*"
_ITEM = r"(?:\s?[·ㆍ/&+、]\s?[^\s·ㆍ/&+、,.]{1,12})?"
_FILL = (r"(?:\s?(?:등의?|성분[이은을도]?|계열[의은]?|류|원료|추출물|약물|화학\s?성분|합성|호르몬|스테로이드|수면제|물질[이은을도]?|의약품|"
         r"은|는|이|가|을|를|도|의|같은|일절|일체|전혀|절대|모두|절대로|다|등|이\s?들)){0,5}\s?")  # fmt: skip
_KO_VERB = r"(?:첨가|사용|함유|포함|배합|투입|검출|들어|넣|쓰|섞|추가|담|해당)[가-힣]{0,4}\s?(?:있지\s?)?(?:않|아니|아닌|안\s|없|못|마)"
_KO = re.compile(
    rf"(?:{NAME})*{_LINK}{_ITEM}{_FILL}(?:무첨가|미첨가|무함유|미함유|비함유|불검출|미검출|음성|미포함|미사용|무사용|배제|"
    r"프리(?![가-힣])|제로(?![가-힣])|zero\b|0\s?%|0\s?mg|no(?![\w.°])(?=\s*(?:$|[^a-z0-9\s]))|x(?!\s?\d)(?![a-z])|✕|✗|❌|✖|×(?!\s?\d)|"
    rf"없[는음이습어]|걱정\s?(?:없|no)|아님|아닙|아닌|아니|안\s?(?:들|넣|씀|쓰|첨가|사용|함유)|빼고|뺀|뺐|{_KO_VERB}|"
    r"(?:와|과|와는|과는|하고는|랑은)\s?(?:다[른릅르]|무관|전혀\s?다)|대신|대체|못지않|처럼|보다)"
)
_EN_AFTER = re.compile(
    rf"{_LINK}(?:[\s\-–—‑]{{0,2}}free(?!\s*(?:ship|deliver|sample|gift|trial|post|bonus|return|of\b|shaker|배송|증정|샘플|사은))(?![a-z])|"
    r"[\s\-]less\b|\s*(?:is|are|was|were)?\s*(?:not|never|n't)\s+(?:added|used|included|present|contained|detected|found|in\b|an ingredient|inside)|"
    r"\s*[:\-=]\s*(?:none|not detected|n\.?d\.?\b|negative|absent|0\b|no\b)|\s+(?:none|not detected|undetected|removed|excluded|negative)\b|\s*0\s?(?:mg|%))"
)
_ZH_AFTER = re.compile(
    rf"{_LINK}(?:等)?(?:成分|西药|激素|类)?(?:均|都|皆|全部)?(?:未检出|未检测出|未添加|零添加|0添加|零检出|阴性|为零|没有添加|检测为阴|不得检出|无添加(?=\s|$|[,，。;；]))"
)
_WORD = r"(?:(?!only\b|just\b|sure\b|better\b|more\b|less\b|matter\b|doubt\b|longer\b)[a-z][\w'\-]*[ ])"
_EN_NO = re.compile(
    rf"(?:\b(?:no|not|non|without|zero|minus|neither|nor|never|sans|isn't|ain't)[\s\-–:]+|\b0\s?%\s|❌\s?|✗\s?|🚫\s?){_WORD}{{0,2}}"
    rf"(?:(?:{_N}|[a-z][\w' \-]{{0,24}}?)\s?(?:/|&|\+|\bor\b|\bnor\b|\band\b)\s?(?:any\s)?)*$"
)
_EN_NO_LIST = re.compile(
    rf"\b(?:no|not|non|without|zero|neither)[\s\-–:]+{_WORD}{{0,2}}(?:(?:{_N}|[a-z][\w' \-]{{0,24}}?)\s?(?:,|/|&|\bor\b|\bnor\b|,\s?(?:or|nor|and)\b)\s?(?:any\s)?)*$"
)
_EN_VERB = re.compile(
    r"(?:free\s(?:of|from)|(?:does|do|did)(?:\snot|n't)\s(?:contain|include|have|use)|(?:contain|include|use)(?:s|ing)?\s(?:no|zero|neither)\b|not\scontain(?:ing)?|"
    r"without\s(?:any|added|the|using|use of)\b|with\sno\b|formulated\swithout|free\sfrom\s?:|excludes?|excluding|never\s(?:add|use|contain)(?:s|ed)?|not\smade\swith|"
    r"nothing\slike|tested\s(?:negative\s)?for|screened\sfor|negative\sfor|none\sof)"
    r"(?:(?!\bbut\b|\bonly\b|\bjust\b|\bcontains\b|\bwith\b(?!out)|\bmade\b)[^.;:!?\n()|<>]){0,140}$"
)
_EN_OTHER = re.compile(
    r"\b(?:unlike|instead\sof|rather\sthan|alternatives?\s(?:to|for)|substitutes?\sfor|replace(?:s|ments?)?(?:\sfor)?|similar\sto|(?:feels?|works?|acts?)\slike|better\sthan|stronger\sthan|"
    r"weaker\sthan|not\sto\sbe\sconfused\swith|confused\swith|compared\s(?:to|with)|not\sa\sform\sof|(?:do|should)\snot\s(?:be\s)?(?:take|taken|use|used|combine|combined|mix|mixed)(?:\s\w+){0,4}\swith|"
    r"if\syou(?:\sare|'re)?\s(?:currently\s)?(?:taking|using|on)|interacts?(?:ions?)?\swith|allergic\sto|contraindicated\swith)\s(?:[^.;!?\n]{0,60})$"
)
_KO_BEFORE = re.compile(
    r"(?:^|[\s(\[·,/+&])(?:노|논|제로|무|비|非|無|free|❌|no|zero)[\s\-:]{0,2}$|(?:^|[^가-힣])무$"
)
_ZH_ITEM = rf"(?:{NAME}+|[^\s、,，/。;；!！?？的]{{1,8}})"
_ZH_BEFORE = re.compile(
    rf"(?:不含有?|不添加|未添加|无添加|不使用|没有添加|没有|绝无|绝不含|未检出|零添加|0添加|不加|拒绝|告别|远离|杜绝|不掺|替代|代替|区别于|不同于|不等于|有别于|并非|不是|排除|未使用|零|没加)"
    rf"(?:任何|人工|西药|化学|激素|违禁)?[\s:：]*(?:{_ZH_ITEM}\s?(?:、|,|，|/|和|及|或|与)\s?|{NAME}+\s)*$|[无無非零0](?:{_ZH_ITEM}(?:、|和|及|或))*$"
)
_ZH_OTHER = re.compile(r"(?:正在服用|服用|与|和|同)[^。;\n]{0,20}$")
_ZH_OTHER_AFTER = re.compile(r"^[^。;,，\n]{0,8}(?:同服|同用|合用|者慎|者禁|患者)")
_KO_OTHER_AFTER = re.compile(
    r"^[^.\n]{0,12}(?:복용\s?중|드시는\s?분|병용|함께\s?(?:먹지|드시지|복용하지)|알레르기)"
)
_DOSE = re.compile(r"^[\s:(]{0,2}(?:hcl\s)?(?!0\s?(?:mg|%))\d[\d.,]*\s?(?:mg|mcg|µg|μg|ug|g|iu|%|毫克)")
_CLAUSE = re.compile(r"[.;!?\n。;!?;！？|<>]|\s[-–—]\s|\bbut\b|\bjust\b|하지만|但")
_WINDOW = 170


def negated(masked: str, start: int, end: int) -> bool:
    """Whether the name at start:end of a lowered text, in which every letter of a name is NAME, is said not to be inside.

    A dose behind the name (other than nought) shows that it is inside, whatever governs the list.
    """
    before, after = masked[max(0, start - _WINDOW) : start], masked[end : end + _WINDOW]
    if _EN_AFTER.match(after) or _ZH_AFTER.match(after) or _KO.match(after):
        return True
    if (
        _EN_OTHER.search(before)
        or (_ZH_OTHER.search(before) and _ZH_OTHER_AFTER.match(after))
        or _KO_OTHER_AFTER.match(after)
    ):
        return True
    if _KO_BEFORE.search(before) or _ZH_BEFORE.search(before):
        return True
    clause = _CLAUSE.split(before)[-1]
    if _EN_NO.search(clause):
        return True
    if _DOSE.match(after):
        return False
    if _EN_VERB.search(before):
        return True
    rest = _CLAUSE.split(after)[0]
    return bool(_EN_NO_LIST.search(clause)) and bool(re.search(r"\b(?:or|nor)\b", clause + rest))
