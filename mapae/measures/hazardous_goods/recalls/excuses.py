"""Why a listing that names a recalled product is not that product: a part, a book, mended, denied, made for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapae.detect.recall_codes import fold_code
from mapae.detect.recall_terms import key_of
from mapae.measures.hazardous_goods.recalls.notice import Recall
from mapae.measures.hazardous_goods.recalls.view import Place, View
from mapae.measures.hazardous_goods.recalls.words import Words

__all__ = ["CODED", "excused", "negated", "places", "same_maker"]

_MENDED = re.compile(
    r"\brecall(?:ed)?\b(?:(?!\bnot\b|\bnever\b|\bno\b|\bneeds?\b|\bbefore\b|\bcan\b|\bto be\b)[^.!?\n]){0,32}"
    r"\b(?:replaced|repaired|fixed|installed|done|completed?|remedied|resolved|updated|applied|performed|taken care of)\b"
    r"|(?<!not )(?<!never )\b(?:replaced|repaired|fixed|sent|exchanged|remedied|serviced|updated|installed|fitted|"
    r"reinforced|replacement|remedy)\b[^.!?\n]{0,32}"
    r"\b(?:after|under|by|per|through|from|during|because of|due to) (?:the |a )?recall\b"
    r"|(?<!not )(?<!never )\b(?:sent|supplied|provided|given|got|received|issued|shipped)\b"
    r"(?:(?!\bnotices?\b|\bletters?\b|\be-?mails?\b)[^.!?\n]){0,40}"
    r"\b(?:as|for|after|under|by|through|from|in) (?:the |a |an |their |its )?(?:[\w']+ )?recall\b"
    r"|\bremedy (?:is |was |has been )?(?:already )?(?:done|completed?|installed|applied)\b"
    r"|\breplacement (?:locking )?(?:tab|hook|strap|buckle|battery|part|kit|lid|plug|cord|adapter)s? "
    r"(?:already )?(?:installed|fitted|in place|included and fitted)\b"
    r"|리콜\s?(?:키트|브라켓|브래킷|스트랩|덮개|나사|고정)[^,.!?\n않안못미]{0,6}(?:장착|설치|부착|교체)[^,.!?\n않안못미]{0,4}(?:완료|했|함|됨|된)"
    r"|리콜\s?(?:관련\s?)?(?:조치|수리|교체|처리|점검|부품|업데이트|보수|시정)[^,.!?\n않안못미]{0,12}(?:완료|확인|받았|받은|받음|끝|마침|마쳤|했|된|됨)"
    r"|리콜(?:을|로)?\s?(?:이미\s?)?(?:받았|받음|완료|마침|마친|처리됨|해결)"
    r"|召回[^,.。!?\n未没不待可]{0,8}(?:完成|处理完|处理过|已处理|已更换|更换完|已维修|修好|换过|已升级)"
    r"|召回(?:后|以后|之后)[^.。!?\n未没不]{0,10}(?:换新|新版|更换|补发|寄来|重新|替换)"
    r"|(?:官方|厂家|品牌方|客服)[^,.。!?\n]{0,6}(?:寄来|补发|换给|更换|给换)[^.。!?\n]{0,8}(?:替换品|新版|替代品|改良款)"
    r"|已[^,.。!?\n未没不]{0,6}召回[^,.。!?\n未没不]{0,4}(?:处理|维修|更换|升级|整改)"
    r"|(?<!if )(?<!or )\b(?:not|isn't|outside|never) "
    r"(?:in|on|under|part of|subject to|affected by|covered by|included in|within|of) "
    r"(?:the |this |that |any |a )?(?:\w+ )?recall\b"
    r"|리콜[^.!?\n]{0,44}(?:해당\s?(?:사항\s?)?(?:없음|없습|없어|안\s?됨|안\s?되|안\s?돼|되지\s?않|아님|아닙|아니)"
    r"|대상(?:이|은|에서)?\s?(?:아님|아닙|아니|아닌|제외|외\s?(?:제품|모델|기간)))"
    r"|召回[^.。!?\n]{0,24}(?:不涉及|不在(?:其中|此列|范围|名单|批次|内)|不属于|范围外|与此无关)"
    r"|(?:不在|不属于|不涉及|未列入)[^,.。!?\n]{0,8}召回"
)
_HEADED = re.compile(
    r"[\W_]*(?:适用于?|适配|兼容|专用于|for\b|fits\b|compatible with\b|replacement for\b|made for\b)"
)
_PAPER = re.compile(
    r"[\W_]*(?:(?:original|genuine|oem|replacement|printed|paper|new|used|the|정품|原装)\s+)*"
    r"(?:(?:owner'?s?|user|users|instruction|service|operator'?s?|assembly|parts?|warranty|registration)\s+)*"
    r"(?:manual|booklet|brochure|leaflet|pamphlet|warranty card|registration card|parts list|schematics?|"
    r"(?:empty |retail )?box only|empty box|box and manual only|decals?|sticker set|"
    r"빈\s?박스|박스만|설명서|보증서|空盒|空包装盒|说明书|保修卡)\b"
)
_MANUAL = re.compile(
    r"(?<!and )(?<!with )(?<!& )(?<!\+ )\b(?:owner'?s|service|repair|shop|parts|instruction|operator'?s|workshop)"
    r"(?: (?:&|and) \w+)? manual\b(?! (?:included|and)\b)"
)
_SCALE = re.compile(
    r"(?<![\d:/])1[:/](?:6|8|10|12|14|16|18|20|24|32|43|50|64|72)(?![\d/])|遥控车|rc ?카\b|\brc (?:car|truck)\b"
)
_SCALED = re.compile(r"\bscale\b|slot car|model kit|remote[- ]control|radio[- ]control|\brc\b|toy|miniature")
_LISTED = re.compile(r"(?:\s?[/,·]\s?(?=[\w-]*\d)[\w-]{2,14})+\s?")  # further codes of a list that is denied
_LEFT_OUT = (
    re.compile(
        r"(?:不含|不包含|不包括|不带|不附|不送|不配|\bwithout|\bw/o|\bnot including|\bexcluding|\bexcludes|\bminus)"
        r"\s*(?:the |any )?[a-z0-9 .-]{0,14}$"
    ),
    re.compile(
        r"\s?(?:은|는|이|가|도)?\s?(?:미포함|불포함|없음|없이|없어요|없습니다|제외|별매|별도|빠짐|빠진)"
        r"|(?:s?(?: and| or|,) [a-z ]{1,14})?[\s:,-]{0,2}(?:is |are )?(?:not included|sold separately|missing\b)"
        r"|[\s:,]?(?:不含|另购|另售|除外|需另)"
    ),
)
_BODILESS = re.compile(
    r"본체\s?(?:는|은|가)?\s?(?:미포함|불포함|없음|없이|없습니다|별매|별도|제외|포함되지|포함 안)"
    r"|(?:不含|不带|无)(?:主机|本体|整机|机身|机器)|(?:主机|本体|整机|机身)(?:不含|另购|另售|除外)"
    r"|\b(?:main unit|main body|base unit|body) (?:is |are )?not included\b"
)
_SPARE = re.compile(r"교체용|교체부품|부속품|소모품|替换|配件|零件|\breplacement\b|\bspare\b")
_TAIL = re.compile(
    r"(?:호환|교체|교환|여분|전용)(?:용|형|품)?\s(?:[가-힣]{1,6}\s){0,2}$"
)  # what a part is called behind the goods it is for
CODED = ("title", "model", "description")


def excused(recall: Recall, view: View, words: Words, spoken: Sequence[Place]) -> str:
    """Why this listing is not the product itself: mended, a part, something about it; empty where nothing says so."""
    title, text = view.folded["title"], view.folded["description"]
    if any(words.search("mended", cell) or _MENDED.search(cell) for cell in (title, text)):
        return "the listing says that the remedy is done or that the recall does not reach it"
    about = words.search("about", f"{title} | {view.folded['category']}") or re.search(
        r"저자|지은이|isbn|出版", text
    )
    if _SCALE.search(title) and not _SCALED.search(recall.named):
        return "a small model of the product, not the product"
    if _PAPER.match(title) or _MANUAL.search(title) or (about and not recall.kinds & view.kinds("title")):
        return "something about the product, not the product"
    if any(re.search(rf"\b{re.escape(part)}s?\b", title) for part in recall.scope.get("parts", ())):
        return ""
    names = f"{recall.title} {' '.join(' '.join(line) for line in recall.lines)}".casefold()
    if left_out(recall, view) or _BODILESS.search(f"{title} | {text}"):
        return "the listing leaves the recalled goods out"
    if alone := _alone(view, words, names):
        return f"a part or accessory: {alone}"
    parts = [m for m in words.every("parts", title) if m[0] not in names]
    if parts and (words.search("without", title) or words.search("without", text)):
        return f"a part or accessory: {parts[0][0]}"
    if parts and words.search("parts", view.folded["category"]) and not recall.kinds & view.kinds("title"):
        return f"a part or accessory: {parts[0][0]}"
    if parts and _SPARE.search(title) and not (recall.kinds | recall.kin) & view.kinds("title"):
        return f"a spare part: {parts[0][0]}"
    if (
        parts
        and _TAIL.search(title[: parts[-1].start()])
        and not title[parts[-1].end() :].strip(" 0-9개입종p")
    ):
        return f"a spare part: {parts[-1][0]}"
    if goes_with(recall, view, words, spoken) and (
        parts or _HEADED.match(title) or foreign_maker(recall, view, words)
    ):
        return "for the product, not the product"
    unnamed = recall.kinds and not (recall.kinds | recall.kin) & view.kinds("title")
    if unnamed and goes_with(recall, view, words, spoken, ("title",)):
        return "for the product, not the product"
    return ""


def left_out(recall: Recall, view: View) -> bool:
    """Whether a cell says of every place of the recalled goods, all that the title names, that they are not in the parcel."""
    before, after = _LEFT_OUT
    titled = recall.kinds & view.kinds("title")
    for name in ("title", "description"):
        spans = [(kind, start, end) for kind, start, end in view.named(name) if kind in recall.kinds]
        beside = [view.around(Place(name, start, end), 34, 18) for _, start, end in spans]
        whole = beside and titled <= {kind for kind, _, _ in spans}
        if whole and all(before.search(head) or after.match(tail) for head, tail in beside):
            return True
    return False


def _alone(view: View, words: Words, names: str) -> str:
    """A piece of goods that the listing says is all there is (`leash only`, `어댑터만 팔아요`, `只卖表带`)."""
    for name in ("title", "description"):
        text = view.folded[name][:400]
        for piece in words.every("pieces", text):
            sole = re.match(
                r"s? only\b|(?:\([^)]{1,12}\))?만(?=$|[\s)\],.]|팔|판|있|드)", text[piece.end() :]
            ) or re.search(r"(?:只卖|只出|仅售|仅出|单卖|单出|只有|仅)\s?$", text[: piece.start()])
            told = re.search(
                r"(?:serial|date|price|label)s? $", text[: piece.start()]
            )  # no goods: `serial sticker only`
            if sole and not told and piece[0] not in names:
                return piece[0]
    return ""


def goes_with(
    recall: Recall, view: View, words: Words, spoken: Sequence[Place], fields: tuple[str, ...] = CODED
) -> bool:
    """The brand, a model or the line's name stands behind `compatible with` or before `전용`, in these fields."""
    names = [key_of(name) for name in recall.brands] + [word for line in recall.lines for word in line]
    told = [
        place
        for name in names
        if len(name) >= 2
        for place in view.find(name, fields=("title", "description"))
    ]
    told += [place for _, place in places(recall, view, set())]
    told += spoken
    told += [heard[1] for brand in recall.brands if (heard := view.heard(brand))]
    return any(
        fitted(*view.around(place, 34, 26), words, place)
        for place in told
        if place.start < 260 and place.field in fields
    )


def foreign_maker(recall: Recall, view: View, words: Words) -> bool:
    given = view.folded["brand"].strip()
    return bool(given) and not words.search("plain", given) and not same_maker(recall, view, given, {}, words)


def same_maker(
    recall: Recall, view: View, given: str, spellings: dict[str, tuple[str, ...]], words: Words
) -> bool:
    """Whether the brand column names a maker of the notice."""
    key = key_of(given)
    if any(key_of(brand) in words.lines_of(key) for brand in recall.brands):
        return True
    for brand in recall.brands:
        for spelling in (brand, *spellings.get(key_of(brand), ())):
            other = key_of(spelling)
            if key and other and (key in other or other in key):
                return True
        heard = view.heard(brand, least=0.74)
        if heard and heard[1].field == "brand":
            return True
    if key in recall.words or _recalling(key, recall):
        return True
    return any(word in given for line in recall.lines for word in line if len(word) >= 4) or any(
        key in text for text in recall.printed
    )


def _recalling(key: str, recall: Recall) -> bool:
    """Whether the firm stands in the address of the notice (`…/Handles-Recalled-by-Bed-Handles-Inc`)."""
    firm = re.sub(r"(?:inc|llc|ltd|corp|corporation|company|co|usa|us)$", "", key)
    return len(firm) >= 5 and firm in key_of(recall.url.rpartition("/")[2])


def fitted(before: str, after: str, words: Words, place: Place) -> bool:
    """Behind `compatible with`, before `전용` or `호환`; only Latin words and figures between."""
    if place.field == "model":
        return False
    if re.match(
        r"[\sa-z0-9/,.+()-]{0,20}(?:[가-힣]{1,8}\s)?(?:용(?=[\s,.)])|전용|호환|에 맞|와 함께|과 함께)", after
    ):
        return True
    if re.match(r"[\sa-z0-9/,.+()-]{0,8}(?:同款|适用|专用|兼容)", after):
        return True
    return bool(
        re.search(
            r"(?:compatible with|compatible for|fits|fit for|for use with|"
            r"replacement for|designed for|made for|\bfor|适用于|适用|适配|"
            r"兼容|适用型号:?)[\sa-z0-9/,.&+-]{0,24}$|(?:适用于|适用|适配|兼容)[\u4e00-\u9fff\s]{0,6}$",
            before,
        )
    )


def negated(before: str, after: str, words: Words) -> bool:
    """Whether the words beside a place deny it (`아님`, `not`, `非`)."""
    if found := words.search("not_after", after):
        between = after[: found.start()]
        return bool(_LISTED.fullmatch(between)) or not re.search(r"[,.!\n/]|\d", between)
    spoken = words.every("not_before", before)
    return bool(spoken) and bool(re.fullmatch(r"[\s\"'(]*(?:(?:the|a|an)\s)?", before[spoken[-1].end() :]))


def _varied(code: str, model: str, recall: Recall) -> bool:
    """A code that is this model and a suffix which the notice does not list (`P1411-R` of P1411 and P1411P)."""
    folded = fold_code(code)
    rest = folded[len(model) :] if folded.startswith(model) else ""
    return 0 < len(rest) <= 4 and not rest.isdigit() and folded not in recall.models


def places(recall: Recall, view: View, excluded: set[str]) -> Iterator[tuple[str, Place]]:
    """Models of the notice and where they stand: as written, with a suffix of colour or market, or said in Hangul."""
    for model in recall.ordered:
        found = view.find(model.casefold(), fields=CODED) if model.isalpha() else view.find_code(model)
        if model in recall.variants and any(_varied(code.text, model, recall) for code in view.coded):
            continue
        yield from ((model, place) for place in found)
    for model in recall.ordered:
        for word in ("plus", "플러스") if "+" in model else ():
            key = model.casefold().replace("+", word)
            yield from ((model, place) for place in view.find(key, fields=CODED))
    heads = [model for model in recall.ordered if len(model) >= 5 and not model.isdigit()]
    for code, model, place in view.suffixed(heads):
        if code not in recall.models and code not in excluded and model not in recall.variants:
            yield model, place
    for model in recall.ordered:
        if re.fullmatch(r"[A-Z]{3,}\d{1,2}", model) and (heard := view.heard(model)):
            yield model, heard[1]
