import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const STATES = ["free", "occupied", "shared", "out_of_order"];

/** The places of a room drawn by row and seat; HR moves them by drag or by two clicks. */
export class FloorPlan extends Component {
    static template = "callcenter_ops.FloorPlan";
    static props = { ...standardActionServiceProps };
    static displayName = _t("Floor plan");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.states = STATES;
        this.state = useState({
            plan: { rooms: [], can_edit: false },
            room: null,
            editing: false,
            taken: null,
            only: null,
        });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.plan = await this.orm.call("callcenter.floor.plan", "get_plan", []);
        this.state.taken = null;
        const names = this.state.plan.rooms.map((room) => room.name);
        if (!names.includes(this.state.room)) {
            this.state.room = names.length ? names[0] : null;
        }
    }

    get labels() {
        return {
            free: _t("Free"),
            occupied: _t("Occupied"),
            shared: _t("Shared"),
            out_of_order: _t("Out of order"),
        };
    }

    get room() {
        return this.state.plan.rooms.find((room) => room.name === this.state.room);
    }

    roomName(room) {
        return room.name || _t("Without a room");
    }

    count(state) {
        return this.room.places.filter((place) => place.state === state).length;
    }

    /** One row and one seat more than are used while the plan is being changed. */
    get rows() {
        return this.numbers(this.room.rows + (this.state.editing ? 1 : 0));
    }

    get seats() {
        return this.numbers(this.room.seats + (this.state.editing ? 1 : 0));
    }

    numbers(count) {
        return Array.from({ length: count }, (_one, index) => index + 1);
    }

    get gridStyle() {
        return `grid-template-columns: 2rem repeat(${this.seats.length}, minmax(5.5rem, 9rem));`;
    }

    placeAt(row, seat) {
        return this.room.places.find(
            (place) => place.row === row && place.seat === seat
        );
    }

    get undrawn() {
        return this.room.places.filter((place) => !place.row);
    }

    isFaded(place) {
        return this.state.only && place.state !== this.state.only;
    }

    tip(place) {
        return [place.name, this.labels[place.state], place.operator, place.reason, place.line]
            .filter(Boolean)
            .join(" · ");
    }

    toggleState(name) {
        this.state.only = this.state.only === name ? null : name;
    }

    toggleEditing() {
        this.state.editing = !this.state.editing;
        this.state.taken = null;
    }

    onPlace(place) {
        if (!this.state.editing) {
            return this.open(place);
        }
        if (!this.state.taken) {
            this.state.taken = place.id;
        } else if (this.state.taken === place.id) {
            this.state.taken = null;
        } else {
            return this.put(place.row, place.seat);
        }
    }

    onCell(row, seat) {
        if (this.state.editing && this.state.taken) {
            return this.put(row, seat);
        }
    }

    onDragStart(place, event) {
        this.state.taken = place.id;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", place.name);
    }

    async put(row, seat) {
        const place = this.state.taken;
        this.state.taken = null;
        if (place) {
            const args = [place, this.state.room, row, seat];
            await this.orm.call("callcenter.floor.plan", "move", args);
            await this.load();
        }
    }

    open(place) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "callcenter.workstation",
            res_id: place.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("callcenter_ops.floor_plan", FloorPlan);
