"use strict";
// Everything about the selected record, the verdict on it, and the form that edits it.

function showDetail(view) {
  const pane = byId("detail");
  if (!view.selected) return pane.replaceChildren(element("p", { class: "hint" }, t("choose")));
  const { target } = view.selected;
  pane.replaceChildren(
    element("div", { class: `head ${statusClass(target)}` },
      element("span", { class: "status" }, t(target.status)),
      element("h2", { lang: "zh-CN" }, target.indicator || target.quote),
      element("span", { class: "value", lang: "zh-CN" }, valueText(target))),
    element("blockquote", { lang: "zh-CN" }, ...sentenceParts(target)),
    element("dl", {}, ...factList(target).map(([name, value]) => fact(name, String(value)))),
    reasonList(view, target),
    originLine(target),
    otherLine(view, target),
    noteField(view, target),
    withSteps(verdictButtons(view, view.selected)));
}

/** The sentence with the quote marked, where it stands in it once. */
function sentenceParts({ sentence, quote }) {
  const parts = sentence.split(squeeze(quote));
  return parts.length === 2 ? [parts[0], element("mark", {}, squeeze(quote)), parts[1]] : [sentence];
}

/** A field with its name; a long one takes the whole width. */
function fact(name, value) {
  const columns = [...value].reduce((sum, char) => sum + (char > "⺀" ? 2 : 1), 0);
  return element("div", { class: columns > 17 ? "wide" : null },
    element("dt", {}, name), element("dd", { lang: "zh-CN" }, value));
}

/** The fields that say something, with their names. */
function factList(target) {
  const { time } = target;
  const facts = [
    [t("kind"), term("kinds", target.kind)],
    [t(target.status === "planned" ? "deadline" : "as_of"), dayText(target)],
    [t("time_text"), time?.text],
    [t("change"), target.change && t(target.change)],
    [t("baseline"), target.baseline],
    [t("baseline_text"), target.baseline_text],
    [t("per"), target.per],
    [t("action"), target.action],
    [t("bindingField"), target.binding && t(target.binding)],
    [t("responsible"), target.responsible.join("、")],
    [t("indicator_id"), target.indicator_id],
    [t("section"), [...target.section, target.heading].filter(Boolean).join(" › ")],
  ];
  return facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
}

/** Where the record comes from, in one line. */
function originLine({ page, confidence, id }) {
  const parts = [page && `${t("pageNumber")} ${page}`, `${t("confidence")} ${confidence}`, id];
  return element("p", { class: "origin" }, parts.filter(Boolean).join(" · "));
}

/** What the other reviewer says of the record, where that is otherwise. */
function otherLine(view, target) {
  if (!Object.hasOwn(view.source.others, target.id)) return "";
  const { verdict, reviewer, fields } = view.source.others[target.id];
  const said = Object.entries(fields).map(([name, value]) => `${t(name)} ${otherValue(name, value)}`);
  return element("p", { class: "other" }, `${reviewer ?? t("other")}: ${said.length ? said.join(" · ") : t(verdict)}`);
}

function otherValue(name, value) {
  if (name === "time") return value ? [value.text, value.end ?? value.start].filter(Boolean).join(" ") : t("none");
  if (name === "kind") return term("kinds", value);
  if (Array.isArray(value)) return value.join("、");
  return value === null ? t("none") : t(String(value));
}

/** The buttons between those that lead to the neighbours, which a phone shows. */
function withSteps(buttons) {
  const step = (by, sign, word) =>
    element("button", { type: "button", class: "step", "aria-label": t(word), onclick: () => move(by) }, sign);
  buttons.prepend(step(-1, "‹", "previous"));
  buttons.append(step(1, "›", "next"));
  return buttons;
}

function noteField(view, target) {
  return element("input", {
    class: "note", placeholder: t("note"), "aria-label": t("note"), value: view.corrections.noteOf(target),
    autocomplete: "off", onchange: (event) => view.corrections.note(target, event.target.value.trim()),
  });
}

function verdictButtons(view, record) {
  const verdict = view.corrections.verdict(record.target);
  const button = (action, key, pressed, onclick) =>
    element("button", { type: "button", "data-key": key, class: action, "aria-pressed": pressed, onclick }, t(action));
  return element("div", { class: "verdicts" },
    ...(verdict === "added"
      ? [button("remove", "x", null, () => judge("rejected"))]
      : [button("accept", "a", String(verdict === "accepted"), () => judge("accepted")),
         button("reject", "x", String(verdict === "rejected"), () => judge("rejected"))]),
    button("edit", "e", null, () => showForm(view, record.target)));
}

// -------------------------------------------------------------------- the form

const CHOICES = {
  status: ["planned", "achieved"],
  kind: ["percentage", "percentage_point", "ratio", "count", "money", "measure", "duration", "rank", "score",
    "coverage", "milestone"],
  comparator: ["=", ">=", "<=", ">", "<", "~", "range"],
  change: ["", "increase", "decrease"],
  binding: ["", "binding", "expected"],
};
const NUMBERS = ["value", "value_max", "baseline"];
const DAYS = ["time_start", "time_end"];
const FORM_FIELDS = ["indicator", "status", "kind", "comparator", "value", "value_max", "unit", "change", "baseline",
  "baseline_text", "per", "action", "time_text", "time_start", "time_end", "binding", "responsible"];

/** The form for a record, or for a draft that is added when it is saved. */
function showForm(view, target, draft = false) {
  const form = element("form", { id: "edit", onsubmit: (event) => {
    event.preventDefault();
    saveForm(view, target, draft);
  } },
  element("blockquote", { lang: "zh-CN" }, ...sentenceParts(target)),
  element("div", { class: "fields" }, ...FORM_FIELDS.map((name) => formField(name, target))),
  element("div", { class: "verdicts" },
    element("button", { type: "submit", class: "primary" }, t("save")),
    element("button", { type: "button", "data-key": "Esc", onclick: () => showDetail(view) }, t("cancel"))));
  byId("detail").replaceChildren(form);
  form.elements.indicator.focus();
}

function formField(name, target) {
  const value = formValue(name, target);
  const choices = CHOICES[name]?.map((choice) => [choice, choiceLabel(name, choice)]);
  const control = choices
    ? dropdown({ name }, choices, value)
    : element("input", { name, value, required: name === "indicator", autocomplete: "off", lang: "zh-CN",
      inputmode: NUMBERS.includes(name) ? "decimal" : null, placeholder: DAYS.includes(name) ? "2025-12-31" : null });
  return element("label", { class: `field-${name}` }, element("span", {}, t(name === "binding" ? "bindingField" : name)), control);
}

function choiceLabel(name, choice) {
  if (name === "kind") return term("kinds", choice);
  if (name === "comparator") return choice;
  return t(choice || "none");
}

function formValue(name, target) {
  if (name === "responsible") return target.responsible.join("、");
  if (name.startsWith("time_")) return target.time?.[name.slice(5)] ?? "";
  return target[name] === null ? "" : String(target[name]);
}

/** Saves the form unless a field of it cannot be read. */
function saveForm(view, target, draft) {
  const form = byId("edit");
  const fields = readForm(form, target);
  if (!form.reportValidity()) return;
  if (draft) view.corrections.add({ ...target, ...fields });
  else view.corrections.edit(target, fields);
  refresh(target.id);
}

/** The fields of the form as the contract has them; what cannot be read is marked invalid. */
function readForm(form, target) {
  const text = (name) => form.elements[name].value.trim();
  const fields = {};
  for (const name of FORM_FIELDS) if (!name.startsWith("time_")) fields[name] = text(name) || null;
  for (const name of NUMBERS) fields[name] = readControl(form.elements[name], t("notANumber"), readNumber);
  const typed = readAmount(text("value"));
  if (typed?.unit && fields.unit === target.unit) [fields.unit, fields.kind] = [typed.unit, kindFor(typed, fields.kind)];
  const [start, end] = DAYS.map((name) => readControl(form.elements[name], t("notADay"), readDay));
  const words = text("time_text") || null;
  const basis = words ? "explicit" : "document";
  fields.time = words || start || end ? { text: words, start, end, basis } : null;
  fields.responsible = text("responsible").split("、").filter(Boolean);
  fields.indicator_id = fields.indicator === target.indicator ? target.indicator_id : null;
  if (fields.kind !== "milestone" && fields.value === null) form.elements.value.setCustomValidity(t("notANumber"));
  return fields;
}

function readControl(control, complaint, read) {
  const text = control.value.trim();
  const value = text ? read(text) : null;
  control.setCustomValidity(value === undefined ? complaint : "");
  control.oninput = () => control.setCustomValidity("");
  return value ?? null;
}

/** A number as people write it, with separators, 万 or 亿, and a unit behind it; undefined for anything else. */
function readNumber(text) {
  const amount = readAmount(text);
  return amount && amount.at === 0 && amount.end === text.normalize("NFKC").length ? amount.value : undefined;
}

/** The kind that a typed unit says, where the one that was chosen is another of amounts. */
function kindFor({ kind }, chosen) {
  return ["coverage", "rank", "ratio"].includes(chosen) ? chosen : kind;
}

function readDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : undefined;
}
