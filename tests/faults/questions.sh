#!/usr/bin/env bash
# Every template over drawn catalogues (CATALOGUES=20): no question tells its answer,
# one option is true, options are of one kind, a reader of stems alone stays at chance.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
export CATALOGUES="${CATALOGUES:-20}"
expect "the questions of $CATALOGUES catalogues" \
    "$CHECKOUT/bin/test" tests/sample/test_questions.py
printf '%s passed, 0 failed\n' "$PASSED"
