import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatInteger, formatPercentage } from "@web/views/fields/formatters";

// A share of fewer clients says little.
const SMALLEST_BASE = 50;

/** Russia as equal tiles, one a region, coloured by one measure. */
export class TerritoryMap extends Component {
    static template = "callcenter_ops.TerritoryMap";
    static props = { regions: Array, onPick: Function };

    setup() {
        this.ui = useService("ui");
        this.state = useState({ measure: "share" });
    }

    get measures() {
        return [
            { name: "share", label: _t("Share of clients reached") },
            { name: "attempts", label: _t("Attempts") },
            { name: "contacts", label: _t("Contacts") },
            { name: "sales", label: _t("Customer orders") },
        ];
    }

    get largest() {
        return Math.max(...this.props.regions.map((region) => this.value(region) || 0));
    }

    get totals() {
        const sum = (name) =>
            this.props.regions.reduce((total, region) => total + region[name], 0);
        const [clients, reached] = [sum("clients"), sum("reached")];
        return {
            called: this.props.regions.filter((region) => region.attempts).length,
            regions: this.props.regions.length,
            share: clients ? formatPercentage(reached / clients) : "—",
        };
    }

    value(region) {
        return region[this.state.measure];
    }

    text(region) {
        const value = this.value(region);
        return value ? this.format(value) : "";
    }

    format(value) {
        return this.state.measure === "share"
            ? formatPercentage(value, { digits: [16, 0] })
            : formatInteger(value);
    }

    isSmallBase({ clients }) {
        return this.state.measure === "share" && clients > 0 && clients < SMALLEST_BASE;
    }

    /** On a phone: the regions that have a value, the largest first. */
    get listed() {
        const found = this.props.regions.filter((region) => this.value(region));
        return found.sort((one, other) => this.value(other) - this.value(one));
    }

    style(region) {
        const place = `grid-column: ${region.column + 1}; grid-row: ${region.row + 1};`;
        const value = this.value(region);
        if (!value) {
            return place;
        }
        // Never so dark that the letters on it are hard to read.
        const strength = 10 + Math.round((50 * value) / this.largest);
        return `${place} --cc-strength: ${strength}%;`;
    }

    tip(region) {
        return _t(
            "%(name)s: %(attempts)s attempts, %(contacts)s contacts, %(reached)s of %(clients)s clients reached",
            region
        );
    }
}
