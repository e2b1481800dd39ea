import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, makeServerError } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import {
    makeClaim,
    makeDay,
    makePromise,
    makeSnapshot,
    mountDesk,
} from "./desk_test_helpers";

defineMailModels();

const TALK = { state: "talk", call_started_at: "2026-03-02 06:00:00" };
const talkSnapshot = (values = {}) =>
    makeSnapshot({ state: "talk", claim: makeClaim({ ...TALK, ...values }) });

test("an operator starts work and gets a client with one key", async () => {
    const { server } = await mountDesk({
        open_desk: makeSnapshot({ state: "offline" }),
        set_state: makeSnapshot(),
        claim_next: makeSnapshot({ state: "preview", claim: makeClaim() }),
    });
    expect(".o_cc_primary").toHaveText("F2 Start work");
    await press("F2");
    await animationFrame();
    expect(server.asked("set_state")[0].args).toEqual(["ready"]);
    expect(".o_cc_client_name").toHaveText("Severny Veter");
    expect(".o_cc_script").toHaveText("Good day!");
    expect(".o_cc_recording").toHaveCount(1);
});

test("a call is saved by the keyboard alone and brings the next client", async () => {
    const { server } = await mountDesk({
        open_desk: makeSnapshot({ state: "preview", claim: makeClaim() }),
        start_call: talkSnapshot(),
        finish_call: {
            ...makeSnapshot({ state: "preview", claim: makeClaim({ id: 6 }) }),
            saved: { call_id: 70 },
        },
    });
    expect(".o_cc_disposition:first").toHaveAttribute("disabled");
    await press("F8");
    await animationFrame();
    await press("1");
    await press("F9");
    await animationFrame();
    const [{ args, kwargs }] = server.asked("finish_call");
    expect(args.slice(0, 2)).toEqual([5, 1]);
    expect(kwargs).toEqual({ claim_next: true });
    expect(".o_cc_disposition.btn-primary").toHaveCount(0);
});

test("a result is not sent before its required fields are there", async () => {
    const { server } = await mountDesk({
        open_desk: talkSnapshot(),
        finish_call: { ...makeSnapshot(), saved: {} },
    });
    await press("r");
    await animationFrame();
    expect(".o_cc_missing").toHaveText("Tab Still needed: a note, the reason of the refusal");
    await press("F9");
    expect(server.asked("finish_call")).toHaveLength(0);
    await contains(".o_cc_note").edit("Too dear", { confirm: false });
    await contains(".o_cc_refusal").select("21");
    await press("F9");
    await animationFrame();
    const [{ args }] = server.asked("finish_call");
    expect(args[2].note).toBe("Too dear");
    expect(args[2].refusal_reason_id).toBe(21);
});

test("hot keys stay letters inside a note; Escape gives them back", async () => {
    const { store } = await mountDesk({ open_desk: talkSnapshot() });
    await contains(".o_cc_note").click();
    await press("r");
    expect(store.draft.dispositionId).toBe(false);
    await press("Escape");
    await press("r");
    expect(store.draft.dispositionId).toBe(3);
});

test("a call-back is chosen on the client's clock and sent in UTC", async () => {
    mockDate("2026-03-02 06:00:00", +0);
    const { server } = await mountDesk({
        open_desk: talkSnapshot(),
        finish_call: { ...makeSnapshot(), saved: {} },
    });
    await press("2");
    await animationFrame();
    await contains(".o_cc_callback_choice:contains(Tomorrow)").click();
    expect(".o_cc_callback input:first").toHaveValue(/03\/2026 10:00/);
    await press("F9");
    await animationFrame();
    expect(server.asked("finish_call")[0].args[2].callback_at).toBe("2026-03-03 05:00:00");
});

test("call-backs are offered as the server allows them, the first one at hand", async () => {
    const { server } = await mountDesk({
        open_desk: talkSnapshot(),
        callback_choices: [{ label: "10.03 10:00", at: "2026-03-10 05:00:00" }],
        finish_call: { ...makeSnapshot(), saved: {} },
    });
    await press("2");
    await animationFrame();
    await animationFrame();
    expect(queryAllTexts(".o_cc_callback_choice")).toEqual(["10.03 10:00"]);
    expect(".o_cc_callback_choice").toBeFocused();
    await press("Enter");
    await press("F9");
    await animationFrame();
    expect(server.asked("finish_call")[0].args[2].callback_at).toBe("2026-03-10 05:00:00");
});

test("a lost answer is asked again with the same arguments", async () => {
    let lost = 1;
    const { server } = await mountDesk({
        open_desk: talkSnapshot(),
        finish_call: () => {
            if (lost-- > 0) {
                throw new ConnectionLostError("/desk");
            }
            return { ...makeSnapshot(), saved: { call_id: 70 } };
        },
    });
    await press("1");
    await press("F9");
    await animationFrame();
    expect(".o_cc_lost").toHaveCount(1);
    await advanceTime(1000);
    await animationFrame();
    const calls = server.asked("finish_call");
    expect(calls).toHaveLength(2);
    expect(calls[1]).toEqual(calls[0]);
    expect(".o_cc_lost").toHaveCount(0);
    expect(".o_cc_idle").toHaveCount(1);
});

test("the server's words stay on the desk and nothing typed is lost", async () => {
    await mountDesk({
        open_desk: talkSnapshot(),
        finish_call: () => {
            throw makeServerError({ message: "The call-back lies in the past." });
        },
    });
    await contains(".o_cc_note").edit("Call at ten", { confirm: false });
    await press("Escape");
    await press("1");
    await press("F9");
    await animationFrame();
    expect(".o_cc_error").toHaveText(/The call-back lies in the past/);
    expect(".o_cc_note").toHaveValue("Call at ten");
});

test("reasons are read when nobody is handed out, each with its way out", async () => {
    await mountDesk({
        open_desk: makeSnapshot({
            reasons: [
                { code: "acknowledgement_pending", message: "Sign", action: { name: "To sign" } },
                { code: "queue_empty", message: "No client is callable now.", action: false },
            ],
        }),
    });
    expect(queryAllTexts(".o_cc_reason span")).toEqual(["Sign", "No client is callable now."]);
    expect(queryAllTexts(".o_cc_reason button")).toEqual(["To sign"]);
});

test("who is not cleared sees what is done and what is not, and no start", async () => {
    const { server } = await mountDesk({
        open_desk: makeSnapshot({
            state: "offline",
            reasons: [{ code: "quiz", message: "Pass the quiz", action: { name: "To the quiz" } }],
            clearance: { met: ["Order of appointment", "Workplace"], total: 3 },
        }),
    });
    expect(".o_cc_idle h2:first").toHaveText("Clearance: 2 of 3");
    expect(queryAllTexts(".o_cc_met")).toEqual(["Order of appointment", "Workplace"]);
    expect(queryAllTexts(".o_cc_reason button")).toEqual(["To the quiz"]);
    expect(".o_cc_primary").toHaveText("F2 Check again");
    await press("F2");
    await animationFrame();
    expect(server.asked("set_state")).toHaveLength(0);
    expect(server.asked("open_desk")).toHaveLength(2);
});

test("results stand in their groups, and only the chosen one's fields below", async () => {
    await mountDesk({ open_desk: talkSnapshot() });
    expect(queryAllTexts(".o_cc_group")).toEqual(["Result", "To be continued", "Refusal"]);
    expect(".o_cc_product_input, .o_cc_refusal, .o_cc_callback").toHaveCount(0);
    await press("r");
    await animationFrame();
    expect(".o_cc_refusal").toHaveCount(1);
    expect(".o_cc_callback").toHaveCount(0);
});

test("a new client and a saved result are told to who sees no screen", async () => {
    await mountDesk({
        open_desk: talkSnapshot(),
        finish_call: {
            ...makeSnapshot({ state: "preview", claim: makeClaim({ id: 6 }) }),
            saved: { call_id: 70 },
        },
    });
    expect("[aria-live=polite]").toHaveText("Talk");
    await press("1");
    await press("F9");
    await animationFrame();
    expect("[aria-live=polite]").toHaveText(
        "The result is saved. Preview New client: Severny Veter"
    );
});

test("a pause is taken with its reason by two keys", async () => {
    const { server } = await mountDesk({
        open_desk: makeSnapshot(),
        set_state: makeSnapshot({ state: "pause", pause_reason: { id: 12, name: "Training" } }),
    });
    await press("F4");
    await animationFrame();
    await press("2");
    await animationFrame();
    const [{ args, kwargs }] = server.asked("set_state");
    expect([args, kwargs]).toEqual([["pause"], { pause_reason_id: 12 }]);
    expect(".o_cc_state").toHaveText("Pause");
});

test("a heartbeat asks for a client only while the desk is watched", async () => {
    const { server, store } = await mountDesk({
        open_desk: makeSnapshot(),
        heartbeat: makeSnapshot(),
        claim_next: makeSnapshot({ state: "preview", claim: makeClaim() }),
    });
    await store.beat(false);
    expect(server.asked("heartbeat")).toHaveLength(1);
    await store.beat(true);
    expect(server.asked("claim_next")).toHaveLength(1);
    await animationFrame();
    expect(queryFirst(".o_cc_client_name")).not.toBe(null);
});

const STEPS = [
    {
        id: 1,
        name: "Greeting",
        text: "<p>Good day!</p>",
        answers: [
            { id: 11, name: "Go on", next_id: 2, disposition_id: false },
            { id: 12, name: "Call later", next_id: false, disposition_id: 2 },
        ],
    },
    { id: 2, name: "Offer", text: "<p>Skis for you</p>", answers: [] },
];

test("the arrow keys walk through the script and back", async () => {
    await mountDesk({ open_desk: talkSnapshot({ steps: STEPS, script: false }) });
    expect(".o_cc_script").toHaveText("Good day!");
    await press("ArrowRight");
    await animationFrame();
    expect(".o_cc_script").toHaveText("Skis for you");
    expect(".o_cc_script_end").toHaveCount(1);
    await press("ArrowLeft");
    await animationFrame();
    expect(".o_cc_script").toHaveText("Good day!");
    expect(".o_cc_disposition.btn-primary").toHaveCount(0);
});

test("an answer that ends the script suggests its result", async () => {
    await mountDesk({ open_desk: talkSnapshot({ steps: STEPS, script: false }) });
    await press("ArrowDown");
    await animationFrame();
    expect(".o_cc_answer.btn-primary").toHaveText("Call later");
    await press("ArrowRight");
    await animationFrame();
    expect(".o_cc_script_end").toHaveCount(1);
    expect(".o_cc_disposition.btn-primary").toHaveAttribute("data-code", "callback");
});

test("a client is found by his whole name and taken with the keyboard", async () => {
    const { server } = await mountDesk({
        open_desk: makeSnapshot(),
        search_clients: {
            found: [{ id: 9, name: "Severny Veter", city: "Perm", phone_end: "00-00" }],
            message: "",
            number: "",
            campaigns: [],
        },
        call_client: makeSnapshot({ state: "preview", claim: makeClaim() }),
    });
    await press("F3");
    await animationFrame();
    await contains(".o_cc_search_input").edit("Severny Veter", { confirm: false });
    await press("Enter");
    await animationFrame();
    expect(".o_cc_found").toBeFocused();
    await contains(".o_cc_found").click();
    expect(server.asked("search_clients")[0].kwargs).toEqual({ direction: "out" });
    expect(server.asked("call_client")[0].args).toEqual([9]);
    expect(".o_cc_client_name").toHaveText("Severny Veter");
    expect(".o_cc_search").toHaveCount(0);
});

test("nobody is handed out while a client is looked for", async () => {
    const { server, store } = await mountDesk({
        open_desk: makeSnapshot(),
        heartbeat: makeSnapshot(),
        claim_next: makeSnapshot(),
    });
    await press("F3");
    await animationFrame();
    await store.beat(true);
    expect(server.asked("claim_next")).toHaveLength(0);
    expect(server.asked("heartbeat")).toHaveLength(1);
    await press("Escape");
    await animationFrame();
    await store.beat(true);
    expect(server.asked("claim_next")).toHaveLength(1);
});

test("an unknown caller is added and answered", async () => {
    const { server } = await mountDesk({
        open_desk: makeSnapshot(),
        search_clients: {
            found: [],
            message: "Nobody has this number or name.",
            number: "+73430008888",
            is_unknown: true,
            campaigns: [],
        },
        answer_call: talkSnapshot({ direction: "in", also_held_by: "Anna" }),
    });
    await press("F7");
    await animationFrame();
    await contains(".o_cc_search_input").edit("8 343 000-88-88", { confirm: false });
    await press("Enter");
    await animationFrame();
    expect(".o_cc_search_message").toHaveText("Nobody has this number or name.");
    expect(".o_cc_new_name").toBeFocused();
    await contains(".o_cc_new_name").edit("Anna Orlova", { confirm: false });
    await contains(".o_cc_new_go").click();
    const [{ kwargs }] = server.asked("answer_call");
    expect(kwargs.number).toBe("+73430008888");
    expect(kwargs.client.name).toBe("Anna Orlova");
    expect(".o_cc_incoming").toHaveCount(1);
    expect(".o_cc_rival").toHaveText("Anna has this client in a call too.");
});

test("a ringing softphone opens the search with the number", async () => {
    const { server, store } = await mountDesk({
        open_desk: makeSnapshot(),
        search_clients: { found: [], message: "", number: "+73430008888", campaigns: [] },
    });
    store.ring("+73430008888");
    await animationFrame();
    await animationFrame();
    expect(server.asked("search_clients")[0].args).toEqual(["+73430008888"]);
    expect(".o_cc_search_input").toHaveValue("+73430008888");
});

test("a wrong clock of the computer changes no time on the desk", async () => {
    mockDate("2026-03-02 09:17:00", +0);
    await mountDesk({
        open_desk: makeSnapshot({
            state_since: "2026-03-02 06:00:00",
            server_time: "2026-03-02 06:00:10",
        }),
    });
    expect(".o_cc_clock").toHaveText("00:10");
});

test("a wrong clock of the computer moves no call-back", async () => {
    mockDate("2026-03-09 09:17:00", +0);
    const { server } = await mountDesk({
        open_desk: talkSnapshot(),
        finish_call: { ...makeSnapshot(), saved: {} },
    });
    await press("2");
    await animationFrame();
    await contains(".o_cc_callback_choice:contains(Tomorrow)").click();
    await press("F9");
    await animationFrame();
    expect(server.asked("finish_call")[0].args[2].callback_at).toBe("2026-03-03 05:00:00");
});

test("digits stay hot keys until Tab: a slip makes no order of six roubles", async () => {
    const { store } = await mountDesk({ open_desk: talkSnapshot() });
    await press("4");
    await animationFrame();
    expect(".o_cc_revenue").not.toBeFocused();
    await press("1");
    await animationFrame();
    expect(store.draft.dispositionId).toBe(1);
    expect(store.draft.expectedRevenue).toBe("");
    await press("4");
    await animationFrame();
    await press("Tab");
    expect(".o_cc_revenue").toBeFocused();
    await press("1");
    expect(store.draft.dispositionId).toBe(4);
    expect(store.draft.expectedRevenue).toBe("1");
});

test("Enter in the amount saves the order", async () => {
    const { server } = await mountDesk({
        open_desk: talkSnapshot(),
        finish_call: { ...makeSnapshot(), saved: {} },
    });
    await press("4");
    await animationFrame();
    await press("Tab");
    await press("5");
    await press("Enter");
    await animationFrame();
    expect(server.asked("finish_call")[0].args[2].expected_revenue).toBe(5);
});

test("the arrows go through the products, Enter takes one", async () => {
    const product = (id, name) => ({ id, name, default_code: "", list_price: 1, currency: "" });
    const { store } = await mountDesk({
        open_desk: talkSnapshot(),
        search_products: [product(1, "Ski"), product(2, "Ski bag")],
    });
    await press("1");
    await animationFrame();
    await contains(".o_cc_product_input").edit("ski", { confirm: false });
    await advanceTime(300);
    await animationFrame();
    await press("ArrowDown");
    await press("ArrowDown");
    await press("Enter");
    await animationFrame();
    expect(store.draft.products.map((one) => one.name)).toEqual(["Ski bag"]);
});

test("an order with a product takes six actions", async () => {
    const { server } = await mountDesk({
        open_desk: makeSnapshot({ state: "preview", claim: makeClaim({ id: 8 }) }),
        start_call: talkSnapshot({ id: 8 }),
        search_products: [{ id: 1, name: "Ski", default_code: "S1", list_price: 1500, currency: "" }],
        finish_call: { ...makeSnapshot(), saved: {} },
    });
    await press("F8");
    await animationFrame();
    await press("4");
    await animationFrame();
    await press("/");
    expect(".o_cc_product_input").toBeFocused();
    await contains(".o_cc_product_input").edit("S1", { confirm: false });
    await press("Enter");
    await animationFrame();
    await press("F9");
    await animationFrame();
    const [{ args }] = server.asked("finish_call");
    expect(args[2].product_ids).toEqual([1]);
    expect(args[2].expected_revenue).toBe(1500);
});

test("the next client begins with his history", async () => {
    await mountDesk({
        open_desk: talkSnapshot(),
        finish_call: {
            ...makeSnapshot({ state: "preview", claim: makeClaim({ id: 6 }) }),
            saved: {},
        },
    });
    await contains(".o_cc_card .nav-link:contains(Opportunities)").click();
    await press("1");
    await press("F9");
    await animationFrame();
    await animationFrame();
    expect(".o_cc_card .nav-link.active").toHaveText("History 0");
});

test("what is typed is kept on the server and comes back from it", async () => {
    const { server } = await mountDesk({
        open_desk: { ...talkSnapshot({ id: 77 }), draft: { note: "Wants skis" } },
    });
    expect(".o_cc_note").toHaveValue("Wants skis");
    await contains(".o_cc_note").edit("Wants boots", { confirm: false });
    await advanceTime(2500);
    const [{ args }] = server.asked("save_draft");
    expect([args[0], args[1].note]).toEqual([77, "Wants boots"]);
});

test("a promise is opened by its number", async () => {
    const { server } = await mountDesk({
        open_desk: makeSnapshot(),
        get_day: makeDay({ promises: [makePromise(), makePromise({ id: 32 })] }),
        open_promise: makeSnapshot({ state: "preview", claim: makeClaim() }),
    });
    await animationFrame();
    await press("2");
    await animationFrame();
    expect(server.asked("open_promise")[0].args).toEqual([32]);
    expect(".o_cc_client_name").toHaveText("Severny Veter");
});

const RECENT = {
    id: 70,
    client: "Ski Club",
    phone: "",
    started_at: "2026-03-02 06:00:00",
    timezone: "Asia/Yekaterinburg",
    result: "Informed",
    is_cut_off: false,
    values: { dispositionId: 1, note: "Ok" },
    refusal_reasons: [],
};

test("an own slip is put right in four keys", async () => {
    const { dispositions } = makeClaim();
    const { server } = await mountDesk({
        open_desk: makeSnapshot(),
        recent_calls: [{ ...RECENT, dispositions }],
        correct_result: { ...makeSnapshot(), saved: { call_id: 71 } },
    });
    await press("Backspace");
    await animationFrame();
    await animationFrame();
    expect(".o_cc_own_call").toBeFocused();
    await contains(".o_cc_own_call").click();
    expect(".o_cc_correction .o_cc_note").toHaveValue("Ok");
    await press("4");
    await animationFrame();
    await press("Tab");
    await press("9");
    await press("F9");
    await animationFrame();
    const [{ args }] = server.asked("correct_result");
    expect([args[0], args[1], args[2].expected_revenue]).toEqual([70, 4, 9]);
    expect(".o_cc_correction").toHaveCount(0);
});

test("what the second window typed waits as a correction", async () => {
    const { dispositions } = makeClaim();
    await mountDesk({
        open_desk: talkSnapshot(),
        finish_call: {
            ...makeSnapshot(),
            saved: { call_id: 70, differs: true, in_force_id: 70, message: "Another window" },
        },
        recent_calls: [{ ...RECENT, dispositions }],
    });
    await contains(".o_cc_note").edit("From the second window", { confirm: false });
    await press("Escape");
    await press("1");
    await press("F9");
    await animationFrame();
    expect(".o_cc_error").toHaveText(/Another window/);
    await press("Backspace");
    await animationFrame();
    await animationFrame();
    await contains(".o_cc_own_call").click();
    expect(".o_cc_correction .o_cc_note").toHaveValue("From the second window");
});

test("a clause of the documents is found by its words", async () => {
    const clause = (number, text) => ({ number, heading: "", text });
    await mountDesk({
        open_desk: makeSnapshot(),
        get_documents: [
            {
                key: "a",
                title: "Rules",
                clauses: [clause("1", "Be in time"), clause("2", "Say your name")],
            },
        ],
    });
    await press("F1");
    await animationFrame();
    await animationFrame();
    await contains(".o_cc_documents_query").edit("your name", { confirm: false });
    expect(queryAllTexts(".o_cc_document_found b")).toEqual(["2"]);
    await press("Enter");
    await animationFrame();
    expect(".o_cc_clause_here").toHaveText("2 Say your name");
});

test("Moscow is not said twice", async () => {
    await mountDesk({
        open_desk: talkSnapshot({ partner: { id: 9, name: "Shop", city: "Москва" }, region: "г. Москва" }),
    });
    expect(queryAllTexts(".o_cc_facts dd")[1]).toBe("Москва");
});
