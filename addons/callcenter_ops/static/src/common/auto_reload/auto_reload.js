import { Component, onMounted, onWillUnmount, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const PERIOD_MS = 2000;
const AT_WORK = ["queued", "running"];

/** Reads the form anew every two seconds as long as its record is at work. */
export class AutoReload extends Component {
    static template = xml`<span/>`;
    static props = { ...standardWidgetProps };

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.reload(), PERIOD_MS);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async reload() {
        if (this.loading || !AT_WORK.includes(this.props.record.data.state)) {
            return;
        }
        this.loading = true;
        try {
            await this.props.record.load();
        } finally {
            this.loading = false;
        }
    }
}

registry.category("view_widgets").add("callcenter_auto_reload", { component: AutoReload });
