import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { moveByArrows } from "../desk_keys";

const FOUND_LIMIT = 30;
const plain = (text) => text.toLowerCase().replace(/ё/g, "е");

/** The papers that bind the operator: searched by words, opened at the clause. */
export class DocumentsPanel extends Component {
    static template = "callcenter_ops.DocumentsPanel";
    static props = {};

    setup() {
        this.store = useService("callcenter_desk");
        this.root = useRef("root");
        this.state = useState({ documents: [], query: "", opened: false });
        useAutofocus({ refName: "query" });
        onWillStart(async () => {
            this.state.documents = (await this.store.getDocuments()) || [];
        });
        useEffect(
            () => {
                const clause = this.root.el?.querySelector(".o_cc_clause_here");
                clause?.scrollIntoView({ block: "center" });
            },
            () => [this.state.opened]
        );
    }

    /** Clauses that hold every word; without words the documents themselves. */
    get found() {
        const words = plain(this.state.query).split(/\s+/).filter(Boolean);
        if (!words.length) {
            return this.state.documents.map((document) => ({ document, clause: false }));
        }
        const all = this.state.documents.flatMap((document) =>
            document.clauses.map((clause) => ({ document, clause }))
        );
        const holds = ({ document, clause }) => {
            const text = plain(`${document.title} ${clause.number} ${clause.heading} ${clause.text}`);
            return words.every((word) => text.includes(word));
        };
        return all.filter(holds).slice(0, FOUND_LIMIT);
    }

    open(found) {
        this.state.opened = found;
    }

    onKeydown(ev) {
        const stops = [...this.root.el.querySelectorAll(".o_cc_documents_query, .o_cc_document_found")];
        if (ev.key === "Enter" && ev.target === stops[0]) {
            ev.preventDefault();
            ev.stopPropagation();
            stops[1]?.click();
        }
        moveByArrows(ev, stops);
    }
}
