"""A price against what a genuine article costs: the listing's own genuine price, or the lowest believable one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mapae.measures.counterfeits.vocabulary import Brand

__all__ = ["PRODUCT_WORDS", "PriceVerdict", "judge_price"]

# product word of the brand list → words for it in Korean and Chinese (English: the word itself)
PRODUCT_WORDS: dict[str, tuple[str, ...]] = {
    "bag": (
        "가방",
        "백 ",
        "토트",
        "숄더",
        "크로스백",
        "핸드백",
        "클러치",
        "handbag",
        "tote",
        "shoulder bag",
        "crossbody",
        "clutch",
        "包",
    ),
    "wallet": ("지갑", "카드홀더", "wallet", "card holder", "钱包", "卡包"),
    "belt": ("벨트", "belt", "腰带", "皮带"),
    "shoes": (
        "구두",
        "신발",
        "로퍼",
        "펌프스",
        "힐",
        "부츠",
        "pumps",
        "heels",
        "loafers",
        "sandals",
        "boots",
        "shoes",
        "鞋",
    ),
    "sneakers": ("스니커즈", "운동화", "sneaker", "sneakers", "trainers", "运动鞋", "球鞋", "板鞋"),
    "scarf": ("스카프", "머플러", "목도리", "scarf", "shawl", "围巾", "丝巾"),
    "watch": ("시계", "워치", "watch", "오토매틱", "무브", "手表", "腕表", "表"),
    "ring": ("반지", "ring", "戒指"),
    "necklace": ("목걸이", "necklace", "pendant", "项链"),
    "bracelet": ("팔찌", "bracelet", "bangle", "手链", "手镯"),
    "earrings": ("귀걸이", "earrings", "耳环", "耳钉"),
    "perfume": ("향수", "퍼퓸", "오 드", "perfume", "parfum", "eau de", "香水"),
    "sunglasses": ("선글라스", "sunglasses", "墨镜", "太阳镜"),
    "glasses": ("안경", "glasses frame", "眼镜"),
    "coat": ("코트", "트렌치", "coat", "trench", "风衣", "大衣"),
    "jacket": ("자켓", "재킷", "바람막이", "점퍼", "jacket", "夹克", "冲锋衣"),
    "padding": ("패딩", "다운", "down jacket", "parka", "puffer", "羽绒服"),
    "vest": ("조끼", "베스트", "vest", "马甲"),
    "t-shirt": ("티셔츠", "반팔", "t-shirt", "tee", "t恤"),
    "shirt": ("셔츠", "shirt", "衬衫", "polo"),
    "hoodie": ("후드", "hoodie", "卫衣"),
    "hood": ("후드", "hoodie", "hood", "卫衣"),
    "sweatshirt": ("맨투맨", "sweatshirt", "卫衣"),
    "sweater": ("니트", "스웨터", "sweater", "knit", "毛衣"),
    "cardigan": ("가디건", "cardigan", "开衫"),
    "jeans": ("청바지", "데님", "jeans", "牛仔裤"),
    "leggings": ("레깅스", "leggings", "瑜伽裤"),
    "pants": ("팬츠", "바지", "pants", "裤"),
    "earphones": ("이어폰", "에어팟", "버즈", "earbuds", "earphones", "airpods", "耳机"),
    "headphones": ("헤드폰", "헤드셋", "headphones", "头戴"),
    "phone": ("스마트폰", "아이폰", "phone", "手机"),
    "dryer": ("드라이기", "드라이어", "hair dryer", "吹风机"),
    "styler": ("에어랩", "스타일러", "airwrap", "styler", "卷发棒"),
    "tumbler": ("텀블러", "퀜처", "tumbler", "quencher", "保温杯", "吸管杯"),
    "controller": ("컨트롤러", "듀얼센스", "controller", "手柄"),
    "battery": ("배터리", "battery", "电池"),
    "cream": ("크림", "cream", "面霜"),
    "serum": ("세럼", "앰플", "serum", "精华"),
    "essence": ("에센스", "essence", "神仙水"),
    "pen": ("볼펜", "만년필", "pen", "笔"),
    "suitcase": ("캐리어", "suitcase", "luggage", "行李箱"),
}
# words of small goods: parts, samples, cases; their price says nothing about the article
_SMALL = (
    "케이스",
    "스트랩",
    "줄",
    "필름",
    "스티커",
    "키링",
    "키홀더",
    "끈",
    "리본",
    "쇼핑백",
    "더스트백",
    "박스만",
    "단추",
    "샘플",
    "미니어처",
    "공병",
    "양말",
    "strap",
    "case",
    "cover",
    "sticker",
    "keychain",
    "key ring",
    "sample",
    "mini",
    "dust bag only",
    "box only",
    "button",
    "charm",
    "insert",
    "organizer",
    "protector",
    "film",
    "lace",
    "sock",
    "poster",
    "book",
    "toy",
    "doll",
    "part",
    "band",
    "贴纸",
    "小样",
    "分装",
    "表带",
    "手机壳",
    "挂件",
    "鞋带",
    "空瓶",
    "包装",
    "纽扣",
    "内胆",
    "filter",
    "필터",
    "滤",
    "refill",
    "리필",
    "screw",
    "나사",
    "렌탈",
    "대여",
    "rental",
    "출장",
    "수선",
)


@dataclass(frozen=True, slots=True)
class PriceVerdict:
    """weight: how much the price says for (or against) a fake; ratio: price over the genuine one; why in plain words."""

    weight: float
    ratio: float
    why: str


def judge_price(row: dict[str, Any], brand: Brand, text: str, per_usd: dict[str, float]) -> PriceVerdict:
    """Weigh a listing's price. `text`: folded title and category. No price, or nothing to compare: weight 0."""
    price, genuine = row.get("price"), row.get("genuine_price")
    if not price or price <= 0:
        return PriceVerdict(0.0, 0.0, "")
    if genuine and genuine > 0:
        ratio = price / genuine
        for limit, weight in ((0.12, 1.0), (0.2, 0.85), (0.3, 0.6), (0.4, 0.2)):
            if ratio < limit:
                return PriceVerdict(weight, ratio, f"{ratio:.0%} of the genuine article's price")
        return PriceVerdict(
            -0.3 if ratio >= 0.5 else 0.0, ratio, f"{ratio:.0%} of the genuine article's price"
        )
    rate = per_usd.get(str(row.get("currency") or "").upper())
    if not rate or not brand.low or any(word in text for word in _SMALL):
        return PriceVerdict(0.0, 0.0, "")
    dollars = price / rate
    for product, low in brand.low:
        if any(word in text for word in PRODUCT_WORDS.get(product, (product,))):
            ratio = dollars / low
            if ratio < 0.35:
                return PriceVerdict(
                    0.9 if brand.luxury else 0.5,
                    ratio,
                    f"a genuine {product} costs {low:.0f} USD at the least",
                )
            if ratio < 0.7:
                return PriceVerdict(
                    0.5 if brand.luxury else 0.2,
                    ratio,
                    f"a genuine {product} costs {low:.0f} USD at the least",
                )
            return PriceVerdict(-0.2, ratio, f"a believable price for a {product}")
    return PriceVerdict(0.0, 0.0, "")
