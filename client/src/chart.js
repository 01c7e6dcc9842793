// Rows with numbers as a chart.
import {
  ArcElement, BarController, BarElement, CategoryScale, Chart, DoughnutController, Legend, LinearScale, LineController, LineElement,
  PointElement, Tooltip,
} from "chart.js";
import { numericColumns } from "./answer.js";
import { colour, pictureButton, PALETTE } from "./drawing.js";
import { make, say, shorten } from "./words.js";

Chart.register(ArcElement, BarController, BarElement, CategoryScale, DoughnutController, Legend, LinearScale, LineController,
  LineElement, PointElement, Tooltip);

const MOST = 60;
const BAR = 26; // pixels for each bar
const KINDS = { bar: "bar", line: "line", ring: "doughnut" };

/** Draw an answer; what is given back is called when the chart goes. */
export function draw(place, answer) {
  const numbers = numericColumns(answer);
  const others = answer.columns.filter((column) => !numbers.includes(column));
  const kind = select(Object.keys(KINDS).map((name) => [name, say(`chart-${name}`)]));
  const labels = select((others.length ? others : answer.columns).map((name) => [name, name]), named(others, answer));
  const values = select(numbers.map((name) => [name, name]));
  const canvas = make("canvas", { role: "img", "aria-label": say("chart-text") });
  const frame = make("div", { className: "chart-frame" }, canvas);
  const rows = answer.rows.slice(0, MOST);
  let chart;

  function redraw() {
    chart?.destroy();
    const isBar = kind.value === "bar";
    const isWhole = rows.every((row) => Number.isInteger(Number(row[values.value]?.value ?? 0)));
    frame.style.height = `${isBar ? Math.max(200, rows.length * BAR + 60) : 420}px`;
    chart = new Chart(canvas, {
      type: KINDS[kind.value],
      data: {
        labels: rows.map((row) => clip(text(row[labels.value]))),
        datasets: [{
          label: values.value,
          data: rows.map((row) => (row[values.value] ? Number(row[values.value].value) : null)),
          backgroundColor: kind.value === "ring" ? rows.map((_, place) => PALETTE[place % PALETTE.length]) : colour("--found"),
          borderColor: kind.value === "ring" ? colour("--paper") : colour("--found"),
        }],
      },
      options: {
        indexAxis: isBar ? "y" : "x",
        animation: false,
        maintainAspectRatio: false,
        color: colour("--ink"),
        plugins: { legend: { display: kind.value === "ring", position: "right", labels: { color: colour("--ink") } } },
        scales: kind.value === "ring" ? {} : { x: axis(isBar, isWhole), y: axis(!isBar, isWhole) },
      },
    });
  }

  for (const one of [kind, labels, values]) one.addEventListener("change", redraw);
  place.append(
    make("p", { className: "fields" }, field("chart-kind", kind), field("chart-labels", labels), field("chart-values", values),
      pictureButton(() => chart.toBase64Image(), "chart")),
    frame,
    make("p", { className: "soft" }, say("chart-text"), " ", answer.rows.length > MOST ? say("chart-first", MOST, answer.rows.length) : ""),
  );
  redraw();
  return () => chart.destroy();
}

function axis(isOfValues, isWhole) {
  const ticks = { color: colour("--ink"), autoSkip: false, precision: isOfValues && isWhole ? 0 : undefined };
  return { ticks, grid: { color: colour("--line"), display: isOfValues }, beginAtZero: true };
}

/** The column whose texts are most likely names: texts before things. */
function named(columns, answer) {
  return columns.find((column) => answer.rows.some((row) => row[column]?.type === "literal")) ?? columns[0];
}

function text(term) {
  if (!term) return "";
  return term.type === "uri" ? shorten(term.value) : term.value;
}

function clip(label) {
  return label.length > 60 ? `${label.slice(0, 58)}…` : label;
}

function select(options, chosen) {
  const element = make("select", {}, ...options.map(([value, name]) => make("option", { value }, name)));
  if (chosen !== undefined) element.value = chosen;
  return element;
}

function field(name, element) {
  return make("label", {}, say(name), " ", element);
}
