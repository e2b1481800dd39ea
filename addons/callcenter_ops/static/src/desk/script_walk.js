/** The way through a script: where the conversation is and where an answer leads. */
export class ScriptWalk {
    /**
     * @param {Object[]} steps as of the desk's snapshot; the first one begins
     * @param {DeskDraft} draft keeps the answers given, so that a reload keeps the place
     */
    constructor(steps, draft) {
        this.steps = steps;
        this.draft = draft;
    }

    get lastAnswer() {
        const id = this.draft.path.at(-1);
        return this.steps.flatMap((step) => step.answers).find((one) => one.id === id);
    }

    /** The step to be said now; false when the script is at its end. */
    get step() {
        const answer = this.lastAnswer;
        const id = answer ? answer.next_id : this.steps[0].id;
        return this.steps.find((step) => step.id === id) || false;
    }

    get isBegun() {
        return this.draft.path.length > 0;
    }

    give(answer) {
        this.draft.path = [...this.draft.path, answer.id];
        if (answer.disposition_id) {
            this.draft.dispositionId = answer.disposition_id;
        }
        this.draft.store();
    }

    back() {
        this.draft.path = this.draft.path.slice(0, -1);
        this.draft.store();
    }
}
