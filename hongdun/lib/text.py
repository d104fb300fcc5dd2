"""One spelling for text that people type, paste or scan."""

import re
import unicodedata

# Radical code points that scanners and PDF copies put in place of the character (Unicode's
# EquivalentUnifiedIdeograph); the Kangxi radicals U+2F00-2FD5 are already folded by NFKC.
_RADICALS = {
    0x2E81: "厂", 0x2E84: "乙", 0x2E85: "亻", 0x2E88: "刀", 0x2E8A: "卜", 0x2E8C: "小", 0x2E8D: "小",
    0x2E92: "巳", 0x2E93: "幺", 0x2E9C: "日", 0x2E9D: "月", 0x2EA0: "民", 0x2EA1: "氵", 0x2EA7: "牛",
    0x2EA8: "犭", 0x2EA9: "王", 0x2EAC: "示", 0x2EAD: "礻", 0x2EAF: "糹", 0x2EB0: "纟", 0x2EB8: "羋",
    0x2EBE: "艹", 0x2EBF: "艹", 0x2EC0: "艹", 0x2EC1: "虎", 0x2EC2: "衤", 0x2EC4: "西", 0x2EC5: "见",
    0x2EC6: "角", 0x2EC8: "讠", 0x2EC9: "贝", 0x2ECB: "车", 0x2ECC: "辶", 0x2ECD: "辶", 0x2ECE: "辶",
    0x2ED0: "钅", 0x2ED1: "長", 0x2ED2: "镸", 0x2ED3: "长", 0x2ED4: "门", 0x2ED7: "雨", 0x2ED8: "青",
    0x2ED9: "韦", 0x2EDA: "页", 0x2EDB: "风", 0x2EDC: "飞", 0x2EDD: "食", 0x2EE0: "饣", 0x2EE2: "马",
    0x2EE3: "骨", 0x2EE4: "鬼", 0x2EE5: "鱼", 0x2EE6: "鸟", 0x2EE7: "卤", 0x2EE8: "麦", 0x2EE9: "黄",
    0x2EEA: "黾", 0x2EEB: "斉", 0x2EEC: "齐", 0x2EED: "歯", 0x2EEE: "齿", 0x2EEF: "竜", 0x2EF0: "龙",
    0x2EF1: "龜", 0x2EF2: "亀",
}  # fmt: skip
_ZERO_WIDTH = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD))
_LOOKALIKES = str.maketrans(_RADICALS) | _ZERO_WIDTH
_BRACKETS = str.maketrans("()[]{}〔〕【】", "（）（）（）（）（）")
_DOTS = str.maketrans("•‧∙・●", "·····")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HANZI = r"[\u3000-\u9fff\uff00-\uffef\U00020000-\U0003ffff·]"
_BESIDE_HANZI = re.compile(rf"(?<={_HANZI})\s+|\s+(?={_HANZI})")
# Only letters and digits: the full-width punctuation of running Chinese text is right as it is.
_WIDE_ALNUM = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
_CLEANING = _LOOKALIKES | _WIDE_ALNUM
# Bulk imports clean millions of texts, nearly all of which hold none of these.
_SETTLED_NAME = re.compile("[\u4e00-\u9fff（）·]*")
_SUSPECT = re.compile(f"[\\s\x00-\x1f\x7f{re.escape(''.join(map(chr, _CLEANING)))}]")


def clean(text: str) -> str:
    """Running text: half-width letters and digits, nothing invisible, single spaces; punctuation stays."""
    text = unicodedata.normalize("NFC", text)
    if not _SUSPECT.search(text):
        return text
    text = text.translate(_CLEANING)
    return " ".join(_CONTROL.sub("", text).split())


def normalise_name(name: str) -> str:
    """A name as it is stored: NFKC, （） for every bracket, · for every dot, no spaces beside hanzi."""
    if _SETTLED_NAME.fullmatch(name):
        return name
    text = unicodedata.normalize("NFKC", name.translate(_LOOKALIKES).translate(_BRACKETS))
    text = clean(text.translate(_BRACKETS).translate(_DOTS))
    return unicodedata.normalize("NFC", _BESIDE_HANZI.sub("", text))
