"use strict";
// Options of ECharts for the charts of io.meanfield.report.page.Chart. Names that users chose reach the document as text
// nodes or as text on the canvas, never as HTML.

const DASHES = ["solid", [7, 4], [2, 3], [9, 3, 2, 3], [12, 4]];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect"];
const PATTERNS = [
  null,
  { rotation: Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [2, 5] },
  { rotation: -Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [2, 5] },
  { symbol: "circle", dashArrayX: [[7, 7], [0, 7, 7, 0]], dashArrayY: [5, 0], symbolSize: 0.7 },
  { rotation: Math.PI / 2, dashArrayX: [1, 0], dashArrayY: [2, 5] },
];
const MANY_POINTS = 40; // beyond it a line has no symbols

/** Returns the colors of the style sheet as they are now: light, dark, or light for the printer. */
function colors() {
  const style = getComputedStyle(document.documentElement);
  const color = name => style.getPropertyValue("--" + name).trim();
  return {
    text: color("text"), muted: color("muted"), line: color("line"), grid: color("grid"), surface: color("surface"),
    series: [1, 2, 3, 4, 5, 6].map(i => color("series-" + i)),
  };
}

const cyclic = (list, i) => list[i % list.length];
const oneLine = name => name.replace(/\s+/g, " ");
const finite = value => (typeof value === "number" ? value : null); // JSON has NaN and infinity as strings

/** Formats a number for people: at most five significant digits. */
function shown(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(3).replace(/\.?0+e/, "e");
  const exact = Number.isInteger(value) ? {} : { maximumSignificantDigits: Math.max(5, Math.ceil(Math.log10(size || 1))) };
  return value.toLocaleString("en", exact);
}

/** Formats milliseconds since 1970, to the minute. */

// ECharts' own labels have days without a month.
/** Formats a number of an axis, where there is little room. */
function shownOnAxis(value) {
  return Math.abs(value) >= 1e5 ? value.toLocaleString("en", { notation: "compact" }) : shown(value);
}

function element(name, text, ...children) {
  const created = document.createElement(name);
  if (text) created.textContent = text;
  created.append(...children);
  return created;
}

/** Draws the line or the symbol of a series as it is in the chart. */
function key(color, dash, symbol) {
  const namespace = "http://www.w3.org/2000/svg";
  const part = (name, attributes) => {
    const created = document.createElementNS(namespace, name);
    Object.entries(attributes).forEach(([key, value]) => created.setAttribute(key, value));
    return created;
  };
  const drawing = part("svg", { viewBox: "0 0 24 12", "aria-hidden": "true" });
  if (dash) {
    const pattern = dash === "solid" ? "" : dash.join(" ");
    drawing.append(part("line", { x1: 0, y1: 6, x2: 24, y2: 6, stroke: color, "stroke-width": 2.5, "stroke-dasharray": pattern }));
  } else {
    drawing.append(symbol === "circle" ? part("circle", { cx: 12, cy: 6, r: 5, fill: color })
      : part("rect", { x: 6, y: 1, width: 11, height: 10, fill: color }));
  }
  return drawing;
}

/** Returns the content of a tooltip: a title, then a line for each [key, name, value]. */
function tooltip(title, lines) {
  const rows = lines.map(([drawing, name, value]) => element("div", "", drawing, element("span", name), element("span", value)));
  return element("section", "", element("p", title), ...rows);
}

function tooltipStyle(theme, trigger, formatter) {
  return {
    trigger, formatter, confine: true, className: "tooltip", transitionDuration: 0, appendToBody: false,
    backgroundColor: theme.surface, borderColor: theme.line, borderWidth: 1, padding: [8, 12], textStyle: { color: theme.text },
    axisPointer: { type: "line", lineStyle: { color: theme.muted }, shadowStyle: { color: theme.muted, opacity: 0.12 } },
  };
}

function axis(theme, name, extra) {
  return {
    type: "value", name, nameLocation: "middle", scale: true,
    nameTextStyle: { color: theme.muted, fontSize: 12.5, overflow: "truncate", width: 300 },
    axisLabel: { color: theme.muted, hideOverlap: true, formatter: shownOnAxis }, axisTick: { show: false },
    axisLine: { show: false, lineStyle: { color: theme.muted } }, splitLine: { lineStyle: { color: theme.grid } },
    ...extra,
  };
}

/** Frames a chart: a legend if there are several names, below it the label of the y axis. */
function frame(theme, names, label, keyWidth) {
  const legendHeight = names.length > 1 ? 34 : 0;
  return {
    animation: false, useUTC: true, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: theme.text },
    color: theme.series, grid: { left: 4, right: 20, top: legendHeight + (label ? 40 : 10), bottom: 30, containLabel: true },
    title: { // the label of the y axis, horizontal, above it
      text: label, left: 0, top: legendHeight + 4, padding: 0,
      textStyle: { color: theme.muted, fontSize: 12.5, fontWeight: "normal", width: 300, overflow: "truncate" },
    },
    legend: {
      show: names.length > 1, type: "scroll", top: 0, left: 0, right: 0, itemWidth: keyWidth, itemGap: 18, data: names, formatter: oneLine,
      textStyle: { color: theme.text, width: 180, overflow: "truncate" }, inactiveColor: theme.muted,
      pageTextStyle: { color: theme.muted }, pageIconColor: theme.text, pageIconInactiveColor: theme.line,
    },
  };
}

const withoutName = { name: "" };

/** Returns how the label of a marker stands to its line, so that it stays within the chart. */
function alignment(x, all) {
  const place = (x - Math.min(...all)) / (Math.max(...all) - Math.min(...all) || 1);
  return place < 0.25 ? "left" : place > 0.75 ? "right" : "center";
}

const from = value => (value.min > 0 && value.min < 0.02 * value.max ? 0 : value.min); // 0.0008 is no good label
const atMostOne = value => (value.max > 0.95 && value.max <= 1 ? 1 : null); // no share is above 1

/** Returns for each series the number of its color: points have that of the next line. */
function colorNumbers(series) {
  let lines = 0;
  return series.map(each => (each.line === "NONE" ? lines : lines++));
}

function lineStyles(theme, each, number) {
  if (each.line !== "NONE") return { lineStyle: { width: 2.25, type: cyclic(DASHES, number) }, symbolSize: 7, showSymbol: each.x.length <= MANY_POINTS, z: 3 };
  return { lineStyle: { width: 0 }, symbolSize: each.x.length > 200 ? 4 : 6, showSymbol: true, z: 2, itemStyle: { opacity: 0.45 } };
}

function lineChart(theme, chart) {
  const all = chart.series.flatMap(each => each.x);
  const whole = all.every(Number.isInteger);
  const wholeValues = chart.series.every(each => each.y.every(Number.isInteger));
  const numbers = colorNumbers(chart.series);
  const series = chart.series.map((each, i) => ({
    type: "line", name: each.name, step: each.line === "STEP" ? "end" : false, connectNulls: false,
    data: each.x.map((x, at) => [x, finite(each.y[at])]),
    color: cyclic(theme.series, numbers[i]), symbol: cyclic(SYMBOLS, numbers[i]), emphasis: { disabled: true }, ...lineStyles(theme, each, numbers[i]),
    markLine: i > 0 ? undefined : {
      silent: true, symbol: "none", lineStyle: { color: theme.muted, type: [3, 3], width: 1.5 },
      label: { color: theme.text, position: "end", distance: 3, formatter: mark => oneLine(mark.name), width: 220, overflow: "truncate" },
      data: chart.markers.map((marker, at) => (
        { name: marker.label, xAxis: marker.x, label: { distance: at % 2 === 0 ? 5 : 19, align: alignment(marker.x, all) } })),
    },
  }));
  const drawn = i => key(cyclic(theme.series, numbers[i]), chart.series[i].line === "NONE" ? null : cyclic(DASHES, numbers[i]), "circle");
  const lines = points => points.filter(point => finite(point.value[1]) !== null).map(point =>
    [drawn(point.seriesIndex), point.seriesName, shown(point.value[1])]);
  const title = x => chart.x + " " + shown(x);
  return {
    ...frame(theme, chart.series.map(each => each.name), chart.y, 32), series,
    tooltip: tooltipStyle(theme, "axis", points => tooltip(title(points[0].value[0]), lines(points))),
    xAxis: axis(theme, chart.x, { nameGap: 28, min: from, max: "dataMax", minInterval: whole ? 1 : 0, splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } } }),
    yAxis: axis(theme, chart.y, { ...withoutName, max: atMostOne, minInterval: wholeValues ? 1 : 0 }),
  };
}

/** Returns the width of the widest text, in pixels. */
function widest(texts) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = "12px " + getComputedStyle(document.body).fontFamily;
  return Math.max(...texts.map(text => context.measureText(text).width));
}

// Bars lie across if their names need more room than the width of the chart, unless numbers, of which some suffice.
function barChart(theme, chart, width) {
  const names = chart.categories.map(oneLine);
  const longest = widest(names);
  const numbers = names.every(name => name !== "" && Number.isFinite(Number(name.replaceAll(",", ""))));
  const across = !numbers && names.length * (Math.min(longest, 140) + 12) > width - 80;
  const room = across ? Math.ceil(Math.min(longest + 4, 220, width * 0.36)) : 140;
  const category = {
    type: "category", data: chart.categories, inverse: across, axisTick: { show: false }, axisLine: { lineStyle: { color: theme.muted } },
    axisLabel: { color: theme.text, interval: numbers ? "auto" : 0, width: room, overflow: "truncate", formatter: oneLine },
  };
  const value = axis(theme, chart.y, across ? { nameGap: 28, scale: false } : { ...withoutName, scale: false });
  const stacked = chart.kind === "STACKED_BARS";
  const series = chart.series.map((each, i) => ({
    type: "bar", name: each.name, stack: stacked ? "all" : undefined, data: each.y.map(finite), barMaxWidth: 40, barCategoryGap: "28%",
    itemStyle: { color: cyclic(theme.series, i), borderColor: theme.surface, borderWidth: stacked ? 1 : 0,
      decal: i > 0 ? { color: theme.surface, ...cyclic(PATTERNS, i) } : undefined },
    emphasis: { disabled: true },
  }));
  const lines = bars => bars.map(bar => [key(cyclic(theme.series, bar.seriesIndex)), bar.seriesName, shown(bar.value ?? NaN)]);
  const pointed = tooltipStyle(theme, "axis", bars => tooltip(bars[0].name, lines(bars)));
  pointed.axisPointer.type = "shadow";
  const framed = frame(theme, chart.series.map(each => each.name), across ? "" : chart.y, 22);
  if (across) Object.assign(framed.grid, { left: room + 12, bottom: 48, containLabel: false });
  return {
    ...framed, series, tooltip: pointed,
    xAxis: across ? value : category, yAxis: across ? category : value,
  };
}

/** Returns the line on which x and y are equal, from the smallest to the largest number of the points. */
function diagonal(theme, series) {
  const all = series.flatMap(each => [...each.x, ...each.y]);
  const ends = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
  return {
    type: "line", data: ends.map(end => [end, end]), symbol: "none", silent: true, z: 1,
    lineStyle: { color: theme.muted, width: 1.5, type: [7, 4] }, tooltip: { show: false },
  };
}

function scatterChart(theme, chart) {
  const series = chart.series.map((each, i) => ({
    type: "scatter", name: each.name, symbol: cyclic(SYMBOLS, i), symbolSize: each.x.length > 200 ? 6 : 11, emphasis: { disabled: true },
    itemStyle: { color: cyclic(theme.series, i), opacity: 0.85, borderColor: theme.surface, borderWidth: 0.5 },
    data: each.x.map((x, at) => [x, each.y[at]]),
  }));
  const content = point => tooltip(point.seriesName, [
    [key(cyclic(theme.series, point.seriesIndex), null, "circle"), chart.x, shown(point.value[0])], ["", chart.y, shown(point.value[1])],
  ]);
  series.push(diagonal(theme, chart.series));
  return {
    ...frame(theme, chart.series.map(each => each.name), chart.y, 14), series, tooltip: tooltipStyle(theme, "item", content),
    xAxis: axis(theme, chart.x, { nameGap: 28 }), yAxis: axis(theme, chart.y, withoutName),
  };
}

const KINDS = {
  LINES: lineChart, BARS: barChart, STACKED_BARS: barChart, POINTS: scatterChart,
};

const NOT_FINITE = ["NaN", "Infinity", "-Infinity"];
const DESCRIBED = 8; // so many series are described one by one

/** Says in words what a chart shows, for those who do not see it. */
function summary(chart) {
  const range = (values, text) => `${text(values.reduce((a, b) => Math.min(a, b)))} to ${text(values.reduce((a, b) => Math.max(a, b)))}`;
  const sentences = chart.series.slice(0, DESCRIBED).map(each => {
    const known = each.y.filter(Number.isFinite);
    if (known.length === 0) return `${each.name}: no values.`;
    const ends = chart.kind.startsWith("LINES") ? `${shown(known[0])} at first, ${shown(known[known.length - 1])} at last, ` : "";
    return `${each.name}: ${ends}${range(known, shown)}.`;
  });
  if (chart.series.length > DESCRIBED) sentences.push(`${chart.series.length - DESCRIBED} more in the table below.`);
  const all = chart.series.flatMap(each => each.x);
  const over = all.length > 0 ? ` over ${chart.x}, ${range(all, shown)}` : ` of ${chart.categories.length} categories`;
  const markers = chart.markers.map(marker => `${marker.label} at ${shown(marker.x)}.`);
  return [`Chart: ${chart.caption}.`, `${chart.y}${over}.`, ...sentences, ...markers].join(" ");
}

/** Returns the rows of a chart's table: a row for each category, for each x, or for each point. */
function numbers(chart) {
  if (chart.kind.endsWith("BARS")) return chart.categories.map((name, i) => [name, ...chart.series.map(each => each.y[i])]);
  if (chart.kind === "POINTS") return chart.series.flatMap(each => each.x.map((x, i) => [each.name, x, each.y[i]]));
  const rows = new Map();
  chart.series.forEach((each, column) => each.x.forEach((x, i) => {
    const same = rows.get(x) ?? [];
    rows.set(x, same);
    let row = same.find(found => found[column + 1] === undefined); // a second value at the same x begins another row
    if (!row) same.push(row = [x]);
    row[column + 1] = each.y[i];
  }));
  return [...rows.keys()].sort((a, b) => a - b).flatMap(x => rows.get(x));
}

/** Returns a cell: text, or a number with its exact value. */
function cell(value) {
  if (typeof value === "string" && !NOT_FINITE.includes(value)) return element("td", value);
  const created = element("td");
  created.className = "right";
  if (Number.isFinite(value)) {
    const data = element("data", shown(value));
    data.value = String(value);
    created.append(data);
  }
  return created;
}

/** Returns the numbers of a chart as a table. */
function numbersTable(chart) {
  const names = chart.series.map(each => each.name);
  const bars = chart.kind.endsWith("BARS");
  const columns = chart.kind === "POINTS" ? ["series", chart.x, chart.y] : [bars ? "category" : chart.x, ...names];
  const head = columns.map(name => {
    const created = element("th", name);
    created.scope = "col";
    return created;
  });
  const width = columns.length;
  const rows = numbers(chart).map(row => element("tr", "", ...Array.from({ length: width }, (_, i) => cell(row[i]))));
  const caption = element("caption", chart.caption + (bars ? ": " + chart.y : ""));
  caption.className = "hidden";
  const table = element("table", "", caption, element("thead", "", element("tr", "", ...head)), element("tbody", "", ...rows));
  const box = element("div", "", table);
  box.className = "scroll";
  Object.entries({ role: "group", tabindex: "0", "aria-label": chart.caption }).forEach(([name, value]) => box.setAttribute(name, value));
  return box;
}
