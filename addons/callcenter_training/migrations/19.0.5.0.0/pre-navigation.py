"""Menus stand in groups of their role: a role with a way of its own loses the old one.

Loading a menu adds groups to it and takes none away, so the old ones go first; so do
the translations of a name that is another word now.
"""

_RENAMED = [
    "callcenter_training.menu_briefing",
    "callcenter_training.menu_training_bank",
    "callcenter_training.menu_training_people",
]
# {group: menus that stand elsewhere for it now}
_MOVED = {
    "callcenter_ops.group_director": [
        "callcenter_training.menu_briefing_effect",
        "callcenter_training.menu_certificate",
        "callcenter_training.menu_clearance",
        "callcenter_training.menu_coverage",
        "callcenter_training.menu_coverage_slice",
        "callcenter_training.menu_knowledge_gap",
        "callcenter_training.menu_quiz_attempt",
        "callcenter_training.menu_quiz_signal",
    ],
    "callcenter_ops.group_hr": [
        "callcenter_training.menu_certificate",
        "callcenter_training.menu_clearance",
        "callcenter_training.menu_coverage",
        "callcenter_training.menu_coverage_slice",
        "callcenter_training.menu_quiz",
        "callcenter_training.menu_quiz_attempt",
        "callcenter_training.menu_quiz_signal",
    ],
    "callcenter_ops.group_manager": [
        "callcenter_training.menu_clearance",
        "callcenter_training.menu_quiz",
    ],
    "callcenter_ops.group_supervisor": [
        "callcenter_training.menu_briefing",
        "callcenter_training.menu_briefing_effect",
        "callcenter_training.menu_certificate",
        "callcenter_training.menu_clearance",
        "callcenter_training.menu_clearance_override",
        "callcenter_training.menu_coverage",
        "callcenter_training.menu_coverage_slice",
        "callcenter_training.menu_knowledge_gap",
        "callcenter_training.menu_mastery",
        "callcenter_training.menu_question_template",
        "callcenter_training.menu_quiz",
        "callcenter_training.menu_quiz_attempt",
        "callcenter_training.menu_quiz_signal",
    ],
    "callcenter_training.group_trainer": [
        "callcenter_ops.menu_configuration",
        "callcenter_ops.menu_data_import",
    ],
}


def migrate(cr, version):
    for group, menus in _MOVED.items():
        cr.execute(
            """
            DELETE FROM ir_ui_menu_group_rel
             WHERE gid = (
                       SELECT res_id FROM ir_model_data
                        WHERE model = 'res.groups' AND module || '.' || name = %s
                   )
               AND menu_id IN (
                       SELECT res_id FROM ir_model_data
                        WHERE model = 'ir.ui.menu' AND module || '.' || name = ANY(%s)
                   )
            """,
            [group, menus],
        )
    cr.execute(
        """
        UPDATE ir_ui_menu
           SET name = jsonb_build_object('en_US', name->>'en_US')
         WHERE id IN (
                   SELECT res_id FROM ir_model_data
                    WHERE model = 'ir.ui.menu' AND module || '.' || name = ANY(%s)
               )
        """,
        [_RENAMED],
    )
