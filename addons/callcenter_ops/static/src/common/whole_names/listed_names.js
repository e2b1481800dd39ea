import { patch } from "@web/core/utils/patch";
import { Many2One } from "@web/views/fields/many2one/many2one";

const PEOPLE = ["hr.employee", "hr.employee.public", "res.users"];
// Surname, name and patronymic as they are written in Russian.
const FULL_NAME = /^([А-ЯЁ][а-яё-]+(?:-[А-ЯЁ][а-яё]+)?) ([А-ЯЁ])[а-яё]+ ([А-ЯЁ])[а-яё]+$/u;

/** «Рудакова И. О.»; any other name stays as it is. */
export function listedName(name) {
    return name.replace(FULL_NAME, "$1 $2. $3.");
}

/** In lists people stand with their initials; the full name shows on hover. */
patch(Many2One.prototype, {
    get listedName() {
        const isListed = this.env.config?.viewType === "list" && PEOPLE.includes(this.props.relation);
        const name = this.displayName;
        const listed = isListed ? listedName(name) : name;
        return listed === name ? "" : listed;
    },
});
