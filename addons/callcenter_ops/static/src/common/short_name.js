/**
 * A person as lists and boards name him: Рудакова И. О.
 *
 * @param {string} name surname first, as papers have it
 */
export function shortName(name) {
    const [surname, ...others] = name.trim().split(/\s+/);
    const initials = others.slice(0, 2).map((word) => `${word[0].toUpperCase()}.`);
    return [surname, ...initials].join("\u00a0");
}
