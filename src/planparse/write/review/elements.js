"use strict";

/** The element of an id. */
function byId(id) {
  return document.getElementById(id);
}

/** A new element; `on…` attributes are listeners, strings among the children become text, never markup. */
function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const CHUNK = 20;

/** The nodes in chunks that the browser lays out only when they come near to sight: thousands of them cost nothing. */
function inChunks(nodes) {
  const chunks = [];
  for (let i = 0; i < nodes.length; i += CHUNK) {
    chunks.push(element("div", { class: "chunk", role: "presentation" }, ...nodes.slice(i, i + CHUNK)));
  }
  return chunks;
}

/** A select; `choices` are [value, label] pairs. */
function dropdown(attributes, choices, chosen = "") {
  const options = choices.map(([value, label]) => element("option", { value, selected: value === chosen }, label));
  return element("select", attributes, ...options);
}

let toastTimer = 0;

/** Says something for a few seconds. */
function say(message) {
  byId("toast").textContent = message;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { byId("toast").textContent = ""; }, 4000);
}
