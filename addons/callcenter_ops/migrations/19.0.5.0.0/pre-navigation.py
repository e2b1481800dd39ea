"""Menus stand in groups of their role: a role with a way of its own loses the old one.

Loading a menu adds groups to it and takes none away, so the old ones go first; so do
the translations of a name that is another word now.
"""

_RENAMED = [
    "callcenter_ops.menu_calling",
    "callcenter_ops.menu_operator_timeline_own",
    "callcenter_ops.menu_personnel",
    "callcenter_ops.menu_supervision",
    "callcenter_ops.menu_workstation",
    "callcenter_ops.menu_workstation_budget",
]
# {group: menus that stand elsewhere for it now}
_MOVED = {
    "callcenter_ops.group_director": [
        "callcenter_ops.menu_call",
        "callcenter_ops.menu_campaign",
        "callcenter_ops.menu_campaign_contact",
        "callcenter_ops.menu_client_search",
        "callcenter_ops.menu_debts",
        "callcenter_ops.menu_enquiry",
        "callcenter_ops.menu_evaluation",
        "callcenter_ops.menu_operator_timeline",
        "callcenter_ops.menu_pbx_call",
        "callcenter_ops.menu_personnel_order",
        "callcenter_ops.menu_readiness",
        "callcenter_ops.menu_report_sheet",
        "callcenter_ops.menu_rule_override",
        "callcenter_ops.menu_scorecard",
        "callcenter_ops.menu_script",
        "callcenter_ops.menu_staff_move",
        "callcenter_ops.menu_substitution",
        "callcenter_ops.menu_wallboard",
        "callcenter_ops.menu_workstation_custody",
        "callcenter_ops.menu_workstation_equipment",
        "callcenter_ops.menu_workstation_handovers",
        "callcenter_ops.menu_workstation_lines",
        "callcenter_ops.menu_workstation_places",
        "callcenter_ops.menu_workstation_plan",
        "callcenter_ops.menu_workstation_prints",
        "callcenter_ops.menu_workstation_shares",
        "callcenter_ops.menu_workstation_stocktakes",
    ],
    "callcenter_ops.group_hr": [
        "callcenter_ops.menu_readiness",
    ],
    "callcenter_ops.group_manager": [
        "callcenter_ops.menu_script",
    ],
    "callcenter_ops.group_operator": [
        "callcenter_ops.menu_enquiry",
        "callcenter_ops.menu_followup",
        "callcenter_ops.menu_timeline",
    ],
    "callcenter_ops.group_supervisor": [
        "callcenter_ops.menu_personnel_order",
        "callcenter_ops.menu_substitution",
        "callcenter_ops.menu_timeline",
        "callcenter_ops.menu_workstation_budget",
        "callcenter_ops.menu_workstation_custody",
        "callcenter_ops.menu_workstation_equipment",
        "callcenter_ops.menu_workstation_handovers",
        "callcenter_ops.menu_workstation_lines",
        "callcenter_ops.menu_workstation_norms",
        "callcenter_ops.menu_workstation_places",
        "callcenter_ops.menu_workstation_plan",
        "callcenter_ops.menu_workstation_prints",
        "callcenter_ops.menu_workstation_shares",
        "callcenter_ops.menu_workstation_stocktakes",
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
