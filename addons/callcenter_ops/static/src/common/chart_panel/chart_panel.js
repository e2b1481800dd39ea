import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { getColor, getCustomColor } from "@web/core/colors/colors";

const scheme = cookie.get("color_scheme");
const TEXT = getCustomColor(scheme, "#374151", "#E4E4E4");

/** One plot of Chart.js; a click on a bar names the datum behind it. */
export class ChartPanel extends Component {
    static template = "callcenter_ops.ChartPanel";
    static props = {
        type: String,
        labels: Array,
        datasets: Array,
        horizontal: { type: Boolean, optional: true },
        label: String,
        onPick: { type: Function, optional: true },
    };

    setup() {
        this.canvas = useRef("canvas");
        this.chart = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify([this.props.labels, this.props.datasets])]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        this.chart = new Chart(this.canvas.el, {
            type: this.props.type,
            data: { labels: this.props.labels, datasets: this.datasets },
            options: this.options,
        });
    }

    get datasets() {
        const { datasets } = this.props;
        return datasets.map((dataset, index) => ({
            borderRadius: 3,
            maxBarThickness: 36,
            borderWidth: dataset.type === "line" ? 2 : 0,
            tension: 0.25,
            backgroundColor: getColor(index, scheme, datasets.length),
            borderColor: getColor(index, scheme, datasets.length),
            ...dataset,
        }));
    }

    get options() {
        const number = { beginAtZero: true, ticks: { precision: 0, color: TEXT } };
        const category = { ticks: { color: TEXT }, grid: { display: false } };
        const { horizontal, onPick } = this.props;
        return {
            responsive: true,
            maintainAspectRatio: false,
            animation: false,
            indexAxis: horizontal ? "y" : "x",
            scales: horizontal
                ? { x: number, y: category }
                : { x: category, y: number },
            plugins: {
                legend: { display: this.props.datasets.length > 1, labels: { color: TEXT } },
            },
            onClick: (_ev, [element]) => element && onPick?.(element.index),
        };
    }
}
