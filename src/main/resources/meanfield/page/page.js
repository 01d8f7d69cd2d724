"use strict";
// Draws the charts, and draws them again if the colors or the width change or the page is printed.

const PAPER_WIDTH = 660; // pixels of a portrait page's text
const ROW = 22; // pixels of a horizontal bar

const charts = JSON.parse(document.getElementById("charts").textContent).map(chart => {
  const plot = document.getElementById(chart.id);
  return { ...chart, plot, drawing: echarts.init(plot, null, { renderer: "canvas", useDirtyRect: false }) };
});

function draw(chart, width) {
  const options = KINDS[chart.kind](colors(), chart.record, width);
  const rows = options.yAxis.type === "category" ? options.yAxis.data.length * (chart.record.series.length > 3 ? 2 : 1) : 0;
  if (rows > 0) chart.plot.style.height = Math.max(240, 90 + rows * ROW) + "px";
  chart.drawing.setOption(options, true);
  chart.drawing.resize({ width });
  chart.drawing.getZr().flush();
}

const drawAll = () => charts.forEach(chart => draw(chart, chart.plot.clientWidth));

const widths = new ResizeObserver(entries => entries.forEach(entry => {
  const chart = charts.find(each => each.plot === entry.target);
  const width = entry.target.clientWidth;
  if (width > 0 && width !== chart.drawing.getWidth()) draw(chart, width);
}));

let closed = []; // tables that were closed before printing

function beginPrint() {
  if (document.documentElement.dataset.print) return;
  document.documentElement.dataset.print = "true";
  closed = [...document.querySelectorAll("details:not([open])")];
  closed.forEach(each => { each.open = true; });
  charts.forEach(chart => draw(chart, PAPER_WIDTH));
}

function endPrint() {
  delete document.documentElement.dataset.print;
  closed.forEach(each => { each.open = false; });
  closed = [];
  drawAll();
}

/** Marks the section that the reader sees in the navigation. */
function followReader() {
  const links = new Map([...document.querySelectorAll("nav a")].map(link => [link.hash.slice(1), link]));
  const visible = new Set();
  const observer = new IntersectionObserver(entries => {
    entries.forEach(entry => (entry.isIntersecting ? visible.add(entry.target.id) : visible.delete(entry.target.id)));
    const current = [...links.keys()].find(id => visible.has(id));
    links.forEach((link, id) => (id === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  }, { rootMargin: "-10% 0px -55% 0px" });
  links.forEach((link, id) => observer.observe(document.getElementById(id)));
}

drawAll();
charts.forEach(chart => widths.observe(chart.plot));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
addEventListener("beforeprint", beginPrint);
addEventListener("afterprint", endPrint);
followReader();
