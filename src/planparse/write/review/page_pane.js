"use strict";
// The picture of the page that the selected record stands on, with its characters framed.

function showPage(view, number) {
  const images = view.source.page_images;
  byId("page-button").hidden = !images.length;
  byId("page").hidden = !images.length || !app.withPage;
  document.body.classList.toggle("with-page", !byId("page").hidden);
  if (byId("page").hidden) return;
  view.page = Math.min(Math.max(number || view.page || 1, 1), images.length);
  const image = images[view.page - 1];
  const boxes = image.regions.filter((region) => region.id === view.selected?.target.id).flatMap((region) => region.boxes);
  const frames = boxes.map((box) => frame(box));
  byId("page").replaceChildren(
    element("div", { class: "turn" },
      turnButton(view, -1, "previous"), element("span", {}, t("pageOf", view.page, images.length)), turnButton(view, 1, "next")),
    element("div", { class: "sheet" },
      element("img", { src: image.data, width: image.width, height: image.height, alt: t("pageOf", view.page, images.length) }),
      ...frames));
  frames[0]?.scrollIntoView({ block: "center" });
}

function turnButton(view, step, word) {
  return element("button", { type: "button", onclick: () => showPage(view, view.page + step) }, t(word));
}

/** A frame around [left, top, width, height], given in fractions of the page. */
function frame(box) {
  const node = element("span", { class: "frame" });
  ["left", "top", "width", "height"].forEach((side, i) => { node.style[side] = `${box[i] * 100}%`; });
  return node;
}
