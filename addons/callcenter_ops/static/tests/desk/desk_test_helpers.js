import { reactive } from "@odoo/owl";
import { DeskStore } from "@callcenter_ops/desk/desk_service";
import { makeServerError, mockService, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { Desk } from "@callcenter_ops/desk/desk";

export const DISPOSITIONS = [
    { id: 1, code: "informed", group: "result", name: "Informed", hotkey: "1", required: [] },
    { id: 2, code: "callback", group: "agreement", name: "Call back", hotkey: "2", required: [], needs_callback: true },
    { id: 4, code: "order", group: "result", name: "Order", hotkey: "4", required: ["expected_revenue"] },
    { id: 3, code: "refusal", group: "refusal", name: "Refusal", hotkey: "r", required: ["note", "refusal_reason"] },
];

const CALLBACK_CHOICES = [
    { label: "In 1 hour", at: "2026-03-02 07:00:00" },
    { label: "Tomorrow 10:00", at: "2026-03-03 05:00:00" },
];
const FIGURES = { attempts: 7, contacts: 4, targets: 3, leads: 2, sales: 1, talk_seconds: 600 };

export function makeSnapshot(values = {}) {
    return {
        state: "ready",
        state_since: "2026-03-02 06:00:00",
        pause_reason: false,
        server_time: "2026-03-02 06:00:00",
        claim: false,
        reasons: [],
        clearance: false,
        pause_reasons: [
            { id: 11, name: "Lunch" },
            { id: 12, name: "Training" },
        ],
        figures: FIGURES,
        ...values,
    };
}

export function makeClaim(values = {}) {
    return {
        id: 5,
        state: "preview",
        call_started_at: false,
        attempt_no: 2,
        campaign: { id: 1, name: "Winter range", purpose: "informative", recording_notice: true },
        partner: { id: 9, name: "Severny Veter", city: "Perm" },
        phone: "+73430000000",
        phone_display: "+7 343 000-00-00",
        other_phones: [],
        other_numbers: [],
        timezone: "Asia/Yekaterinburg",
        local_time: "11:00",
        call_until: "20:00",
        region: "Sverdlovsk",
        script: "<p>Good day!</p>",
        history: [],
        leads: [],
        orders: [],
        steps: [],
        direction: "out",
        also_held_by: "",
        dispositions: DISPOSITIONS,
        refusal_reasons: [{ id: 21, name: "Price" }],
        ...values,
    };
}

const DAY = {
    promises: [],
    hours: [],
    plan: [],
    letters: { count: 0, late: 0, action: false },
    lessons: [],
    notices: [],
};

export const makeDay = (values = {}) => ({ ...DAY, ...values });

export const makePromise = (values = {}) => ({
    id: 31,
    kind: "offer",
    result: "Interested",
    client: "Ski Club",
    phone: "",
    day: "2026-03-02",
    time: "15:00",
    note: "",
    is_overdue: false,
    is_common: false,
    ...values,
});

/** A server that answers from a script and notes what it was asked. */
export class FakeDeskServer {
    constructor(answers) {
        this.answers = {
            callback_choices: CALLBACK_CHOICES,
            get_day: DAY,
            save_draft: true,
            ...answers,
        };
        this.calls = [];
        this.silent = this;
    }

    async call(model, method, args = [], kwargs = {}) {
        this.calls.push({ method, args, kwargs });
        const answer = this.answers[method];
        const value = typeof answer === "function" ? await answer(args, kwargs) : answer;
        if (!value) {
            throw makeServerError({ message: `unexpected ${method}` });
        }
        return value;
    }

    asked(method) {
        return this.calls.filter((call) => call.method === method);
    }
}

export async function mountDesk(answers) {
    const server = new FakeDeskServer(answers);
    const store = reactive(new DeskStore(server));
    mockService("callcenter_desk", () => store);
    await mountWithCleanup(Desk, {
        props: { action: {}, actionId: 1, className: "", updateActionState: () => {} },
    });
    return { server, store };
}
