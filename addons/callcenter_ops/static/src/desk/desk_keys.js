/** Keys that no browser needs on this page; every one stands on its button. */
export const KEYS = {
    documents: "F1",
    primary: "F2",
    find: "F3",
    pause: "F4",
    product: "F6",
    answer: "F7",
    call: "F8",
    save: "F9",
    release: "F10",
    // With free hands alone: in a field they edit.
    correct: "Backspace",
    note: "Insert",
    letters: "L",
    lessons: "T",
    notices: "N",
};

const EDITABLE = "input, textarea, select, [contenteditable='true']";

export const isEditable = (target) =>
    target instanceof HTMLElement &&
    target.matches(EDITABLE) &&
    !target.matches("input[type=checkbox], input[type=radio]");

/** A list to choose from, where digits are still hot keys. */
export const isList = (target) => target instanceof HTMLElement && target.matches("select");

/**
 * The key by its place on the keyboard, so that a Russian layout changes nothing.
 *
 * @param {KeyboardEvent} ev
 * @returns {string} "F2", "7", "K", "Enter", "/"...; empty with a modifier held
 */
export function pressedKey(ev) {
    if (ev.altKey || ev.metaKey || (ev.ctrlKey && ev.key !== "Enter") || ev.isComposing) {
        return "";
    }
    const place = /^(?:Key|Digit|Numpad)(\w)$/.exec(ev.code || "");
    if (place) {
        return place[1];
    }
    if (ev.code === "Slash") {
        return "/";
    }
    return ev.key && ev.key.length === 1 ? ev.key.toUpperCase() : ev.key || "";
}

/**
 * Move the focus among the buttons of a list by the arrow keys.
 *
 * @param {KeyboardEvent} ev
 * @param {HTMLElement[]} stops in order; the first may be the field above the list
 */
export function moveByArrows(ev, stops) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
    const next = step && stops[stops.indexOf(ev.target.closest("button, input")) + step];
    if (next) {
        next.focus();
        ev.preventDefault();
        ev.stopPropagation();
    }
}
