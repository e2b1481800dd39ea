/** Keys that no browser needs on this page; every one stands on its button. */
export const KEYS = {
    primary: "F2",
    find: "F3",
    pause: "F4",
    answer: "F7",
    call: "F8",
    save: "F9",
    release: "F10",
};

const EDITABLE = "input, textarea, select, [contenteditable='true']";

export const isEditable = (target) =>
    target instanceof HTMLElement &&
    target.matches(EDITABLE) &&
    !target.matches("input[type=checkbox], input[type=radio]");

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
