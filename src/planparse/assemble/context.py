"""Numbers that only their context shows to be no target: years in names, the indefinite 一, levels of a class."""

from __future__ import annotations

import regex

from planparse.model import Quantity, Reason, Span, Veto

_DURATION_CUE = regex.compile(
    r"(?:连续|为期|分|不(?:少|低|超过|得少|得超过|高)于?|至少|最长|不超过|超过|以|满|期限(?:为)?|时间(?:为)?|周期(?:为)?|延长|缩短|压缩|提前|压减|达到?|每人?[天日周月年]|控制在|时长|时间|学时|课时|"
    r"需|约|近|用时|办理时限|再|减至|缩至|降至|到|近|累计|周)(?:到|至|为|了|在)?(?:约|近|平均)?\Z")
_LONG_SHORT = {"年", "周", "天", "个季度", "个学期"}
_ONE_CUE = regex.compile(
    r"(?:至少|不少于|每[\u4e00-\u9fff]{1,4}|各|达到|[新共]?建[设立成]?|创建|打造|共建|开展|举办|创办|设立|培育|新增|引进|年内[^，。]{0,6})(?:要|能|掌握|有|再|开展|研究|组织|举办|建设|建立|参加|召开|安排|共建|完成)?\Z")
_ONE_PLACES = {"所", "座", "条", "家", "处", "次", "场", "项", "个", "节", "期", "栋", "名"}
_WEAK_UNITS = {"面", "头", "线", "道", "股", "层", "级", "批", "回", "步", "方面", "字", "样", "味", "国", "城", "市", "区", "县", "镇", "乡", "村", "省", "领域", "环节", "队",
               "码", "页", "卡", "园", "校", "厂", "企", "院", "站", "股", "口", "代", "度", "方", "米", "分", "把", "片", "路", "类", "种", "位", "道", "岛", "湖", "单", "包", "团", "旗", "课", "线", "克", "里",
               "斤", "升", "步", "元", "周", "天", "通", "封", "票", "盘", "根", "副", "对", "班", "组", "席", "角", "列", "款", "本", "部", "届", "职", "兆", "P", "门", "街道", "社区", "点位", "社"}


def veto_in_context(text: str, quantity: Quantity, floor: int, ceiling: int) -> Veto | None:
    """Why a quantity is no target where it stands, or None."""
    start, end = quantity.span
    before, after = text[max(floor, start - 12):start], text[end:min(end + 8, ceiling)]
    written = text[start:end]

    def veto(reason: Reason, rule: str) -> Veto:
        return Veto(Span(start, end), reason, rule)

    if quantity.kind == "duration" and quantity.unit in _LONG_SHORT and not _DURATION_CUE.search(before) \
            and not after.startswith(("为一个周期", "内", "以上", "以内")):
        return veto("period", "context.years-in-a-name")
    hanzi = not any(c.isdigit() for c in written)
    if hanzi and quantity.kind in ("count", "duration") and written[0] == "一" and len(written) - len(quantity.unit or "") == 1:
        if not (_ONE_CUE.search(before) and quantity.unit in _ONE_PLACES):
            if not (quantity.kind == "duration" and _DURATION_CUE.search(before)):
                return veto("indefinite", "context.indefinite-one")
    if hanzi and quantity.unit in _WEAK_UNITS and quantity.value < 20 and quantity.kind in ("count", "measure", "score", "money"):
        if not regex.search(r"至少|不少于|不低于|达到|突破|超过|新增|第", before):
            return veto("name", "context.numeral-in-a-word")
    if regex.match(r"(?:以上|以下)?的?(?:县|村|城市|企业|乡镇|户)(?=[，。、])", after) and "以上" in after and quantity.kind in ("count",):
        return veto("name", "context.size-of-a-class")
    if hanzi and before.endswith("”") and regex.search(r"“[^“”]*、[^“”]*”\Z", text[floor:start]):
        return veto("structure", "context.counts-a-list")
    if regex.search(r"(?:现有|现存|原有|已有)的?\Z", before):
        return veto("name", "context.existing-stock")
    return None
