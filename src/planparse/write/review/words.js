"use strict";
// The words of the interface in both languages. Words of the documents are never translated.

const WORDS = {
  en: {
    otherLanguage: "中文", ledger: "Ledger", page: "Page image", undo: "Undo", help: "Help", export: "Export",
    differ: "where two differ", other: "the other", time: "time",
    load: "Load", loaded: "{0} reviews taken up; {1} stood against another, of which the later stands; {2} are of no record here.",
    notReviews: "This is no JSON that a review page exported.", reviewer: "Reviewer", note: "Note",
    outline: "Outline", document: "Document", documents: "Documents", records: "Records", record: "Record",
    tools: "Tools", views: "Views", addFromSelection: "Add a record here",
    search: "Search", filters: { status: "Status", verdict: "Review", kind: "Kind", confidence: "Confidence", section: "Section", reason: "Ledger" },
    sort: "Order", sorts: { place: "in order", confidence: "least sure first", section: "by chapter, least sure first" },
    below: "below {0}", shown: "{0} of {1}",
    clear: "Clear", noMatch: "No record matches these filters.", noRecords: "No record was found in this document.",
    planned: "planned", achieved: "achieved",
    open: "to review", accepted: "accepted", rejected: "rejected", edited: "edited", added: "added",
    reviewed: "{0} of {1} reviewed", reviewedAll: "all {0} documents: {1} of {2}",
    acceptShown: "Accept all shown", acceptedShown: "{0} accepted; u takes them back.",
    xlsxWhat: "A spreadsheet comes of the exported JSON by ",
    accept: "Accept", reject: "Reject", edit: "Edit", save: "Save", cancel: "Cancel", remove: "Remove",
    choose: "Choose a record on either side. j and k move through them; ? shows every key.",
    sentence: "Sentence", status: "status", kind: "kind", indicator: "indicator", indicator_id: "indicator id",
    action: "action", comparator: "comparator", value: "value", value_max: "upper end", unit: "unit",
    change: "change", baseline: "baseline", baseline_text: "baseline text", per: "per", bindingField: "kind of target", binding: "binding",
    expected: "expected", responsible: "responsible", time_text: "time in words", time_start: "from",
    time_end: "until", section: "section", quote: "quote", pageNumber: "page", rule: "rule",
    confidence: "confidence", deadline: "due", as_of: "as of",
    increase: "increase", decrease: "decrease", none: "none", notANumber: "A number such as 12, 0.5, 1,200 or 1.2万",
    notADay: "A day such as 2025-12-31",
    why: "Why it was read so", missing: "missing", dates: "A time that dates {0} records",
    ledgerEntry: "Not a target", reason: "Reason", makeRecord: "Make it a record", close: "Close",
    exportTitle: "Export what you reviewed", exportOne: "This document", exportAll: "All documents of this page",
    gold: "Gold file", goldWhat: "One annotated record a line; records you have not reviewed carry a note.",
    text: "Text", textWhat: "The text that offsets count in; it belongs beside the gold file.",
    csvWhat: "The records as corrected, in the columns of planparse extract.",
    jsonWhat: "The documents as corrected, with your review: to load elsewhere, and for planparse convert.",
    notInGold: "{0} records overlap others or hold the marks ⟦⟧; they are not in the gold file.",
    wrote: "{0} was written.",
    notKept: "This browser keeps nothing for this page: export before you close it.",
    undone: "Undone.", nothingToUndo: "Nothing to undo.",
    failed: "This document could not be read.", warnings: "{0} warnings", pageOf: "Page {0} of {1}",
    previous: "Previous", next: "Next",
    keys: {
      "j k": "next, previous record", "Enter": "to its place in the document", "a": "accept, and on", "x": "reject, and on",
      "e": "edit", "u": "undo (also Ctrl+Z)", "n": "record from the selected text", "/": "search", "l": "ledger in place",
      "p": "page image", "[ ]": "previous, next document", "Esc": "back to the records", "?": "this help",
    },
    helpText: "Corrections stay in this browser, under the document's checksum; nothing leaves this page.",
    kinds: {
      percentage: "percentage", percentage_point: "percentage point", ratio: "ratio", count: "count", money: "money",
      measure: "measure", duration: "duration", rank: "rank", score: "score", coverage: "coverage",
      milestone: "milestone",
    },
    reasons: {
      date: "date", period: "period", ordinal: "ordinal", label: "label", slogan: "slogan", name: "name", age: "age",
      grade: "grade", "document-number": "document number", phone: "phone", structure: "structure",
      indefinite: "indefinite", redacted: "redacted", "page-furniture": "page number", unresolved: "unresolved", rejected: "rejected",
    },
    parts: {
      value: "value", name: "name", owner: "owner", comparator: "comparator", change: "change", per: "per",
      time: "time", status: "status", unit: "unit",
    },
  },
  zh: {
    otherLanguage: "English", ledger: "台账", page: "页面图像", undo: "撤销", help: "帮助", export: "导出",
    differ: "两人不一致", other: "另一人", time: "时间",
    load: "载入", loaded: "已载入 {0} 条审核；{1} 条与已有的不一致，以较晚者为准；{2} 条在本页没有对应的记录。",
    notReviews: "这不是审核页导出的 JSON。", reviewer: "审核人", note: "备注",
    outline: "大纲", document: "原文", documents: "文件", records: "记录", record: "记录",
    tools: "工具", views: "视图", addFromSelection: "在此新增记录",
    search: "搜索", filters: { status: "状态", verdict: "审核", kind: "类型", confidence: "置信度", section: "章节", reason: "台账" },
    sort: "排序", sorts: { place: "按原文顺序", confidence: "最不确定的在前", section: "按章，最不确定的在前" },
    below: "低于 {0}", shown: "{0} / {1} 条",
    clear: "清除", noMatch: "没有符合筛选条件的记录。", noRecords: "这份文件里没有找到记录。",
    planned: "计划", achieved: "已达",
    open: "待审", accepted: "已确认", rejected: "已驳回", edited: "已修改", added: "新增",
    reviewed: "已审 {0} / {1}", reviewedAll: "全部 {0} 份：{1} / {2}",
    acceptShown: "确认所列全部", acceptedShown: "已确认 {0} 条，按 u 撤销。",
    xlsxWhat: "把导出的 JSON 转成电子表格：",
    accept: "确认", reject: "驳回", edit: "修改", save: "保存", cancel: "取消", remove: "删除",
    choose: "点选任意一侧的记录。j、k 上下移动，? 查看全部按键。",
    sentence: "原句", status: "状态", kind: "类型", indicator: "指标", indicator_id: "指标编码",
    action: "动作", comparator: "比较", value: "目标值", value_max: "上限", unit: "单位",
    change: "增减", baseline: "基期值", baseline_text: "基期说明", per: "频次或口径", bindingField: "指标属性", binding: "约束性",
    expected: "预期性", responsible: "责任单位", time_text: "时间原文", time_start: "时间起",
    time_end: "时间止", section: "章节", quote: "原文数字", pageNumber: "页码", rule: "规则",
    confidence: "置信度", deadline: "完成时限", as_of: "截至",
    increase: "增加", decrease: "减少", none: "无", notANumber: "请填数字，如 12、0.5、1,200、1.2万",
    notADay: "请填日期，如 2025-12-31",
    why: "判定依据", missing: "缺少", dates: "时间，所属记录 {0} 条",
    ledgerEntry: "不是目标", reason: "原因", makeRecord: "改为记录", close: "关闭",
    exportTitle: "导出审核结果", exportOne: "本文件", exportAll: "本页全部文件",
    gold: "标注文件", goldWhat: "每行一条标注；尚未审核的记录附有说明。",
    text: "文本", textWhat: "位置所依据的文本，与标注文件放在一起。",
    csvWhat: "修改后的记录，列与 planparse extract 相同。",
    jsonWhat: "修改后的文件连同审核情况：可在别处载入，也可用 planparse convert 转换。",
    notInGold: "{0} 条记录与其他记录重叠或含有 ⟦⟧，未写入标注文件。",
    wrote: "已写出 {0}。",
    notKept: "浏览器不能为本页保存修改：关闭前请先导出。",
    undone: "已撤销。", nothingToUndo: "没有可撤销的修改。",
    failed: "这份文件未能读取。", warnings: "{0} 条警告", pageOf: "第 {0} / {1} 页",
    previous: "上一个", next: "下一个",
    keys: {
      "j k": "下一条、上一条记录", "Enter": "到原文所在处", "a": "确认并到下一条", "x": "驳回并到下一条",
      "e": "修改", "u": "撤销（也可用 Ctrl+Z）", "n": "用选中的文字新增记录", "/": "搜索", "l": "在原文中显示台账",
      "p": "页面图像", "[ ]": "上一份、下一份文件", "Esc": "回到记录", "?": "本帮助",
    },
    helpText: "修改按文件校验码保存在本浏览器中；任何内容都不会离开本页。",
    kinds: {
      percentage: "百分比", percentage_point: "百分点", ratio: "比值", count: "数量", money: "金额",
      measure: "计量", duration: "时长", rank: "名次", score: "分数", coverage: "覆盖", milestone: "节点",
    },
    reasons: {
      date: "日期", period: "时期", ordinal: "序数", label: "编号", slogan: "口号", name: "名称", age: "年龄",
      grade: "年级", "document-number": "文号", phone: "电话", structure: "结构", indefinite: "不定指",
      redacted: "隐去", "page-furniture": "页码", unresolved: "未决", rejected: "已驳回",
    },
    parts: {
      value: "数值", name: "名称", owner: "所属", comparator: "比较", change: "增减", per: "频次或口径", time: "时间",
      status: "状态", unit: "单位",
    },
  },
};

let language = /^zh/i.test(navigator.language) ? "zh" : "en";

/** A word of the interface, with {0}, {1} filled in; a key that is none (a status nobody knows) stands as it is. */
function t(key, ...values) {
  const word = WORDS[language][key];
  return typeof word === "string" ? word.replace(/\{(\d)\}/g, (_, i) => values[i]) : String(key);
}

/** The word for a kind, a reason or a filter; what the contract does not know stands as it is. */
function term(group, key) {
  return Object.hasOwn(WORDS[language][group], key) ? WORDS[language][group][key] : String(key);
}

/** Fills every fixed label of the page. */
function translatePage() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
}
