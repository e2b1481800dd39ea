#!/usr/bin/env bash
# Files spoilt at random (FILES=10000) through every reader of tables and of questions:
# each is read or refused with a reason, none takes longer than five seconds.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
export FILES="${FILES:-10000}"
expect "$FILES spoilt tables and expenses" \
    "$CHECKOUT/bin/test" addons/callcenter_ops/tests/imports/test_mutated_files.py
expect "$FILES spoilt files of questions" \
    "$CHECKOUT/bin/test" addons/callcenter_training/tests/bank/test_mutated_questions.py
printf '%s passed, 0 failed\n' "$PASSED"
