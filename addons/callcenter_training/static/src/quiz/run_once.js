/**
 * One thing at a time: `state.isBusy` while it runs; what the server refuses is shown
 * in words as `state.error`.
 */
export async function runOnce(state, work) {
    const nested = state.isBusy;
    Object.assign(state, { isBusy: true, error: "" });
    try {
        await work();
    } catch (error) {
        if (!error.data) {
            throw error;
        }
        state.error = error.data.message;
    } finally {
        state.isBusy = nested;
    }
}
