import {
    Component, markup, onWillStart, onWillUnmount, status, useExternalListener, useState,
} from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { QuizQuestion } from "./quiz_question";
import { QuizResult } from "./quiz_result";
import { QuizReview } from "./quiz_review";
import { runOnce } from "./run_once";

const RUNNER = "callcenter.quiz.runner";
const RETRY_DELAYS = [1000, 2000, 4000, 8000, 16000];

/**
 * Taking a quiz, one question at a time.
 *
 * The server keeps the clock, the questions and the answers; this screen shows what
 * it is given and sends positions back. A lost answer is sent again as it was.
 */
export class Quiz extends Component {
    static template = "callcenter_training.Quiz";
    static components = { QuizQuestion, QuizResult, QuizReview };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            phase: "intro",
            intro: null,
            question: null,
            lesson: null,
            result: null,
            error: "",
            isBusy: false,
            isOffline: false,
            secondsLeft: 0,
        });
        const params = this.props.action.params || {};
        this.quizId = Number(params.quiz_id || this.props.action.context?.quiz_id);
        this.attemptId = params.attempt_id;
        // A page that is loaded again comes back to the same quiz.
        this.props.updateActionState?.({ quiz_id: this.quizId });
        useAutofocus({ refName: "start" });
        onWillStart(() => this.open());
        onWillUnmount(() => clearInterval(this.clock));
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), { capture: true });
        useExternalListener(document, "visibilitychange", () => this.onVisibilityChange());
    }

    get description() {
        // The field is sanitised by the server whenever a trainer saves it.
        return markup(this.state.intro.description || "");
    }

    get validUntil() {
        return formatDate(deserializeDate(this.state.intro.my_valid_until));
    }

    get startsLeft() {
        const { starts_left: left, max_starts: all, starts_days: days } = this.state.intro;
        const names = { left, all, days };
        return _t("every start counts: %(left)s of %(all)s are left within %(days)s days", names);
    }

    get afterPass() {
        const { validity_months: months } = this.state.intro;
        return months
            ? _t("Passed: the clearance is valid for %s months.", months)
            : _t("Passed: the clearance is valid for good.");
    }

    get afterFail() {
        const { cooldown_hours: hours } = this.state.intro;
        return hours
            ? _t(
                  "Not passed: you see what to learn and practise it; the next start is possible %s h later.",
                  formatFloat(hours, { digits: [16, 1], trailingZeros: false })
              )
            : _t("Not passed: you see what to learn and practise it.");
    }

    get progress() {
        const { answered, count } = this.state.question;
        return count ? Math.round((100 * answered) / count) : 0;
    }

    get timeLeft() {
        const minutes = Math.floor(this.state.secondsLeft / 60);
        const seconds = String(this.state.secondsLeft % 60).padStart(2, "0");
        return `${minutes}:${seconds}`;
    }

    async open() {
        if (this.attemptId) {
            this.showResult(await this.orm.call(RUNNER, "result", [this.attemptId]));
            return;
        }
        const fields = [
            "name", "description", "question_count", "pass_percent", "time_limit",
            "max_starts", "starts_days", "cooldown_hours", "validity_months", "credit",
            "my_state", "my_valid_until",
        ];
        const [intro] = await this.orm.read("callcenter.quiz", [this.quizId], fields);
        const rules = await this.orm.call(RUNNER, "get_rules", [this.quizId]);
        this.state.intro = { ...intro, ...rules };
        if (intro.my_state === "open") {
            await this.start();
        }
    }

    async start() {
        await runOnce(this.state, async () => {
            // Started twice it is the same attempt, asked twice the same question.
            const start = () => this.orm.call(RUNNER, "start", [this.quizId]);
            this.attemptId = (await this.insist(start)).attempt_id;
            const ask = () => this.orm.call(RUNNER, "question", [this.attemptId]);
            await this.show(await this.insist(ask));
        });
    }

    async answer(choices) {
        const { position, nonce } = this.state.question;
        await runOnce(this.state, async () => {
            const args = [this.attemptId, position, choices, nonce];
            await this.show(await this.insist(() => this.orm.call(RUNNER, "answer", args)));
        });
    }

    async submit() {
        await runOnce(this.state, async () => {
            const call = () => this.orm.call(RUNNER, "submit", [this.attemptId]);
            this.showResult(await this.insist(call));
        });
    }

    /** From what was told of an answer to the next question. */
    async goOn() {
        await runOnce(this.state, async () => {
            const ask = () => this.orm.call(RUNNER, "question", [this.attemptId]);
            await this.show(await this.insist(ask));
        });
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && this.state.phase === "lesson" && !this.state.isBusy && !ev.repeat) {
            ev.preventDefault();
            ev.stopPropagation();
            this.goOn();
        }
    }

    async show(question) {
        if (question.lesson) {
            this.state.lesson = question.lesson;
            this.state.phase = "lesson";
            return;
        }
        if (question.nonce === undefined) {
            await this.submit();
            return;
        }
        this.state.question = question;
        this.state.phase = "question";
        this.startClock(question.remaining_seconds);
    }

    showResult(result) {
        clearInterval(this.clock);
        this.state.result = result;
        this.state.phase = "result";
    }

    startClock(seconds) {
        clearInterval(this.clock);
        const end = Date.now() + seconds * 1000;
        const tick = () => {
            this.state.secondsLeft = Math.max(0, Math.round((end - Date.now()) / 1000));
            if (!this.state.secondsLeft && !this.state.isBusy) {
                clearInterval(this.clock);
                this.submit();
            }
        };
        tick();
        this.clock = setInterval(tick, 500);
    }

    /** Sends the same call again until the network is back; the server stores once. */
    async insist(call) {
        for (let turn = 0; ; turn++) {
            try {
                const answer = await call();
                this.state.isOffline = false;
                return answer;
            } catch (error) {
                if (error.data) {
                    throw error;
                }
                this.state.isOffline = true;
                // A room that was refused together must not come back together.
                const delay = RETRY_DELAYS[Math.min(turn, RETRY_DELAYS.length - 1)];
                await new Promise((resolve) => setTimeout(resolve, delay * (0.5 + Math.random())));
                if (status(this) === "destroyed") {
                    throw error;
                }
            }
        }
    }

    /** Told to the server as a signal for a person; it fails nobody. */
    onVisibilityChange() {
        if (document.hidden && this.state.phase === "question") {
            this.orm.silent.call(RUNNER, "leave", [this.attemptId]).catch(() => {});
        }
    }

    again() {
        this.attemptId = undefined;
        this.state.phase = "intro";
        this.state.result = null;
        return this.open();
    }

    leave() {
        this.action.doAction("callcenter_training.quiz_action_mine", { clearBreadcrumbs: true });
    }
}

registry.category("actions").add("callcenter_training.quiz", Quiz);
