"use strict";
// What the page itself says, in both languages.

const WORDS = {
  zh: {
    title: "目标与结果对照表", about: (d, i, c, g) => `${d} 份文件 · ${i} 项指标 · ${c} 个数值 · ${g} 处空缺`,
    other: "English", status: "状态", planned: "计划", achieved: "已达", period: "时期", all: "全部", find: "地区或文件",
    level: "层级", country: "全国", province: "省级", city: "市级", county: "县级", township: "乡级",
    place: "地区", year: "文件年份", csv: "导出所见表格（CSV）", svg: "导出图（SVG）",
    measure: "指标", over: "图", places: "各地比较", years: "逐年变化", more: (n) => `再显示 ${n} 行`,
    "other years": "其他年份", "other words": "名称相近", "no number": "没有数字", "not stated": "未提及",
    source: "来源", section: "章节", page: "页", close: "关闭", review: "在审核页中打开", others: "另有记录",
    differs: "各处数值不一致", nothing: "没有可画的数值", wrote: (name) => `已写出 ${name}`,
  },
  en: {
    title: "Plans and results side by side",
    about: (d, i, c, g) => `${d} documents · ${i} indicators · ${c} values · ${g} gaps`,
    other: "中文", status: "Status", planned: "planned", achieved: "achieved", period: "Period", all: "all",
    find: "Place or document", level: "Level", country: "country", province: "province", city: "city", county: "county",
    township: "township", place: "Place", year: "Document", csv: "Export the table as shown (CSV)",
    svg: "Export the chart (SVG)", measure: "Indicator", over: "Chart", places: "over places", years: "over years",
    more: (n) => `Show ${n} more rows`,
    "other years": "other years", "other words": "perhaps", "no number": "no number", "not stated": "not stated",
    source: "Source", section: "Section", page: "Page", close: "Close", review: "Open in the review page",
    others: "Also", differs: "stated with different values", nothing: "There is no value to draw",
    wrote: (name) => `Wrote ${name}`,
  },
};
let language = "en";

/** What is said under a name, with what it speaks of. */
function t(name, ...of) {
  const words = WORDS[language][name] ?? name;
  return typeof words === "function" ? words(...of) : words;
}
