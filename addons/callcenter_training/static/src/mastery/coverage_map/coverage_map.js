import { registry } from "@web/core/registry";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";
import { formatInteger } from "@web/views/fields/formatters";

/** Coverage as a map of heat: whole per cent, blank where nobody was ever asked. */
export class CoverageMapRenderer extends PivotRenderer {
    static template = "callcenter_training.CoverageMapRenderer";

    isCoverage(cell) {
        return cell.measure === "coverage";
    }

    isBlank(cell) {
        return typeof cell.value !== "number";
    }

    getFormattedValue(cell) {
        if (!this.isCoverage(cell)) {
            return super.getFormattedValue(cell);
        }
        return { value: this.isBlank(cell) ? "" : formatInteger(Math.round(cell.value)) };
    }

    /** Never so dark that the figure on it is hard to read. */
    getHeat(cell) {
        const isHot = this.isCoverage(cell) && !this.isBlank(cell);
        return isHot ? `--cc-heat: ${Math.round(0.6 * cell.value)}%` : "";
    }
}

registry.category("views").add("callcenter_coverage_map", {
    ...pivotView,
    Renderer: CoverageMapRenderer,
});
