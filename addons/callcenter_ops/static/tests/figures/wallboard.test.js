import { expect, test } from "@odoo/hoot";
import { click, edit, queryAllTexts, waitFor } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { getService, MockServer, mountWithCleanup, onRpc, serverState } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import { Wallboard } from "@callcenter_ops/figures/wallboard/wallboard";

defineMailModels();

const PROPS = { action: {}, actionId: 1, className: "", updateActionState: () => {} };
const OPERATOR = {
    id: 7,
    name: "Zimina Alla Petrovna",
    department: "Call centre",
    state: "ready",
    since: "2026-03-02 05:59:00",
    deadline: false,
    pause_reason: "",
    attempts: 4,
    contacts: 2,
    sales: 1,
    seq: 4,
};
const DATA = {
    server_time: "2026-03-02 06:00:00",
    day: "2026-03-02",
    company_ids: [1],
    department_ids: false,
    operators: [OPERATOR],
    queue: [{ id: 3, name: "Spring", left: 12 }],
    plan: {},
    service: {
        company_id: 1,
        goal: 0.8,
        service_level: null,
        calls_offered: 0,
        calls_abandoned: 0,
        letters_waiting: 0,
        letters_overdue: 0,
    },
};

async function mountBoard(answers = {}) {
    mockDate("2026-03-02 06:00:00", 0);
    const asked = [];
    const methods = { get_data: () => DATA, get_waiting: () => [], get_queue: () => DATA.queue, ...answers };
    for (const [method, answer] of Object.entries(methods)) {
        onRpc("callcenter.wallboard", method, ({ args }) => {
            asked.push([method, ...args]);
            return answer();
        });
    }
    await mountWithCleanup(Wallboard, { props: PROPS });
    getService("bus_service").start();
    return asked;
}

function tell(kind, message) {
    const payload = { id: 7, company_id: 1, department_id: 2, ...message };
    MockServer.env["bus.bus"]._sendone(serverState.partnerId, `callcenter_ops.${kind}`, payload);
}

test("a change of state appears as it is told", async () => {
    await mountBoard();
    expect("[data-employee='7']").toHaveAttribute("data-state", "ready");
    tell("operator_state", { state: "talk", since: "2026-03-02 06:00:00", deadline: false, pause_reason: "" });
    await waitFor("[data-employee='7'][data-state=talk]");
    expect("[data-employee='7'] .o_cc_timer").toHaveText("00:00");
    tell("operator_day", { day: "2026-03-02", attempts: 5, contacts: 3, sales: 2, seq: 5 });
    await waitFor("[data-total=sales] b:contains(2)");
});

test("what is older than what is shown changes nothing", async () => {
    await mountBoard();
    tell("operator_state", { state: "offline", since: "2026-03-02 05:00:00", deadline: false, pause_reason: "" });
    tell("operator_day", { day: "2026-03-02", attempts: 1, contacts: 1, sales: 0, seq: 3 });
    tell("operator_state", { state: "wrap", since: "2026-03-02 06:00:01", deadline: false, pause_reason: "" });
    await waitFor("[data-employee='7'][data-state=wrap]");
    expect("[data-total=attempts] b").toHaveText("4");
});

test("a board that cannot look says since when it is old, and until it looks again", async () => {
    let isAway = false;
    await mountBoard({
        get_data: () => {
            if (isAway) {
                throw new ConnectionLostError("/web/dataset/call_kw");
            }
            return DATA;
        },
    });
    isAway = true;
    await advanceTime(120_000);
    expect(".o_cc_stale").toHaveCount(0);
    await advanceTime(15_000);
    expect(".o_cc_stale").toHaveCount(1);
    expect(".o_cc_stale").toHaveText(/06:00/);
    isAway = false;
    await advanceTime(60_000);
    await animationFrame();
    expect(".o_cc_stale").toHaveCount(0);
});

test("who leads writes to an operator and sends him on a pause", async () => {
    const asked = await mountBoard({
        get_choices: () => ({
            name: OPERATOR.name,
            state: "ready",
            client: false,
            can_run: false,
            pause_reasons: [[11, "Lunch"]],
            campaigns: [],
            operators: [],
        }),
        send_message: () => true,
        pause_operator: () => true,
    });
    await click(".o_cc_face_name");
    await waitFor(".o_cc_operator_actions");
    expect("[name=campaign]").toHaveCount(0);
    expect("[name=send]").toHaveAttribute("disabled");
    await click("[name=text]");
    await edit("Come to me");
    await animationFrame();
    await click("[name=send]");
    await animationFrame();
    expect(".o_cc_operator_actions").toHaveCount(0);
    expect(asked).toInclude(["send_message", 7, "Come to me"]);
});

test("who waits longest stands below", async () => {
    await mountBoard({
        get_waiting: () => [
            { kind: "letter", id: 1, name: "Ivolga", since: "2026-03-02 03:00:00" },
            { kind: "promise", id: 1, name: "Lyzhnya", since: "2026-03-02 04:00:00" },
        ],
    });
    expect(queryAllTexts(".o_cc_waits button")).toEqual([
        "Letter: Ivolga 3 hours ago",
        "Promise: Lyzhnya 2 hours ago",
    ]);
});
