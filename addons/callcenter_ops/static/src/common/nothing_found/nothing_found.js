import { patch } from "@web/core/utils/patch";
import { ActionHelper } from "@web/views/action_helper";

/** "Nothing found" is something else than "nothing there yet". */
patch(ActionHelper.prototype, {
    /** Whether the reader narrowed the search himself. */
    get isNarrowed() {
        const model = this.env.searchModel;
        return Boolean(
            model?.query?.some(({ searchItemId }) => {
                const item = model.searchItems[searchItemId];
                return item && !item.isDefault && !["groupBy", "dateGroupBy"].includes(item.type);
            })
        );
    },

    resetFilters() {
        this.env.searchModel.clearQuery();
    },
});
