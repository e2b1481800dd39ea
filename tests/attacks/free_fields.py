"""What a hand may change in a record of ours, by model.

Everything else is refused: the state and what a method writes, what the program
works out, and what is settled once the record is there. Most of these are settings, or
stand open only while a draft is one. Whoever adds a field says here that it is free, or
closes it: ``readonly``, ``_guarded_fields`` or ``_settled_fields``.
"""

FREE = {
    "callcenter.alert.rule": (
        "active by_activity by_mail campaign_id channel_id company_id comparison "
        "cooldown_minutes department_id margin metric name quiet_from quiet_to "
        "sample_min sequence threshold user_ids webhook_id window_minutes "
    ),
    "callcenter.alert.webhook": ("active company_id name secret url "),
    "callcenter.bonus.scheme": ("active company_id department_id month name "),
    "callcenter.bonus.version": ("basis "),
    "callcenter.briefing": ("company_id date department_id question_count "),
    "callcenter.briefing.period": (
        "basis briefing_field briefing_type date_from date_to months "
    ),
    "callcenter.campaign": (
        "active date_end date_start department_id disposition_ids "
        "employee_ids import_ids lead_probability lead_team_id lead_user_id line_ids "
        "name "
        "partner_domain plan_contacts plan_results priority purpose quiz_ids "
        "rival_script_id rival_share rule_set_id script script_id share team_ids "
        "user_id "
    ),
    "callcenter.campaign.contact": ("priority "),
    "callcenter.campaign.recipe": (
        "active description disposition_ids name partner_domain plan_contacts purpose "
        "script sequence "
    ),
    "callcenter.clearance.override": ("date_from date_to reason "),
    "callcenter.consent": (
        "attachment_id company_id date kind partner_id source text_version "
    ),
    "callcenter.cost.item": (
        "account_code active amount code company_id currency_id "
        "equipment_category_id kind name note periodicity product_ids "
        "replacement_months sequence supplier_id "
    ),
    "callcenter.dashboard.view": (
        "campaign_id categ_id company_id compare department_id employee_id name period "
        "share state_id "
    ),
    "callcenter.data.import": (
        "company_id decimal_mark delimiter doubt_policy encoding error_policy "
        "existing_policy file filename has_header header_height header_line kind "
        "sheet_name source_id "
    ),
    "callcenter.data.import.column": ("fixed_value target "),
    "callcenter.debt": ("active amount comment date_due "),
    "callcenter.debt.ban": ("date_to "),
    "callcenter.debt.ban.ground": ("active date_from date_to name sequence source "),
    "callcenter.debt.payment": ("comment "),
    "callcenter.dismissal.ground": (
        "active article code departure_reason_id initiative name notice_days sequence "
    ),
    "callcenter.disposition": (
        "active code color direction followup_by hotkey is_bad_number "
        "is_contact is_final is_sale is_stop is_system is_target "
        "makes_activity makes_lead makes_promise min_talk_seconds name "
        "only_debt queued_effect requires_callback requires_note "
        "requires_refusal_reason requires_revenue retry_growth retry_minutes "
        "sequence technical_status "
    ),
    "callcenter.duty.rule": (
        "active anchor article code consequence date_from days "
        "is_working_days name order_type remind_days sequence "
    ),
    "callcenter.employment.contract": (
        "company_id contract_type date date_end date_from employee_id job_id "
        "note number parent_id scan scan_name term_reason trial_months wage "
    ),
    "callcenter.enquiry": ("inbox_id partner_id "),
    "callcenter.evaluation": ("comment recording_url "),
    "callcenter.evaluation.line": ("answer note "),
    "callcenter.goal": (
        "campaign_id company_id department_id employee_id kpi month target "
    ),
    "callcenter.handover": (
        "basis company_id date employee_id handover_type place remark scan "
        "scan_filename workstation_id "
    ),
    "callcenter.handover.line": (
        "completeness condition equipment_id quantity remark sequence "
    ),
    "callcenter.inbox": (
        "active alias_id answer_hours campaign_id company_id department_id "
        "name sequence "
    ),
    "callcenter.job.description": ("company_id date_from job_id number place title "),
    "callcenter.job.description.clause": ("sequence text "),
    "callcenter.job.description.section": ("name sequence "),
    "callcenter.job.requirement": ("kind name sequence topic_id "),
    "callcenter.labour.check": (
        "article code date_from limit name sequence severity source "
    ),
    "callcenter.lead.route": (
        "active campaign_ids categ_ids company_id name sequence state_ids team_id "
        "user_ids "
    ),
    "callcenter.number.range": (
        "is_shared number_from number_to provider state_id timezone "
    ),
    "callcenter.order.checklist": ("name note responsible sequence "),
    "callcenter.order.checklist.item": ("active name responsible sequence "),
    "callcenter.order.series": (
        "company_id date_from first_number letters number_format order_type "
    ),
    "callcenter.order.visa.rule": (
        "active approver company_id order_type sequence user_id "
    ),
    "callcenter.pause.reason": ("active is_productive max_minutes name sequence "),
    "callcenter.personnel.order": (
        "absent_employee_id additional_pay basis cancelled_order_id "
        "company_id contract_date contract_id contract_number date_effective "
        "date_end date_order department_id dismissal_ground_id employee_id "
        "is_head job_id login new_name note notice_date order_type "
        "resource_calendar_id retro_reason successor_id trial_months wage "
    ),
    "callcenter.phone.line": (
        "active company_id label_contract label_contract_date label_text name "
        "package_id phone "
    ),
    "callcenter.phone.package": (
        "active company_id free_district included_minutes is_pooled "
        "monthly_fee name price_beyond provider_id rounding_seconds user_id "
    ),
    "callcenter.policy": (
        "blocks_clearance body briefing_field briefing_type company_id "
        "date_from instructor_id job_ids kind name number reason "
        "validity_months "
    ),
    "callcenter.policy.release": ("basis date_from date_to job_id policy_id "),
    "callcenter.question": (
        "company_id credit dialogue difficulty explanation external_key image_128 "
        "is_critical is_practice kind needed_percent number sequence source stem "
        "tolerance topic_id typos weight "
    ),
    "callcenter.question.option": (
        "feedback image_128 is_right points product_tmpl_id prompt sequence text "
    ),
    "callcenter.question.template": (
        "active ask attribute_role categ_ids code company_id difficulty exam_stem "
        "field_path formatter is_critical name sequence source stem "
        "tolerance_percent weight "
    ),
    "callcenter.quiz": (
        "active avoid_attempts change_policy change_threshold company_id "
        "cooldown_hours credit date_to description fresh_percent grace_days job_ids "
        "max_starts name pass_percent review_explanation review_feedback "
        "review_marks review_right sequence starts_days time_limit "
        "validity_months "
    ),
    "callcenter.quiz.section": (
        "categ_ids is_critical name pass_percent question_count quiz_id "
        "sequence source template_ids topic_ids "
    ),
    "callcenter.ready.text": (
        "active attachment_ids body company_id inbox_ids name sequence "
    ),
    "callcenter.recycle.rule": (
        "active after_hours date_from date_to disposition_ids max_times "
        "reset_attempts sequence "
    ),
    "callcenter.refusal.reason": ("active name sequence "),
    "callcenter.report.sheet": ("plan_attempts plan_contacts remark "),
    "callcenter.report.schedule": (
        "active frequency hour kind month_day user_ids view_id weekday "
    ),
    "callcenter.retraining.rule": (
        "active below_percent criterion_id days goal is_proposal topic_id "
    ),
    "callcenter.rule.set": (
        "active binding for_debt for_inbound for_informative for_service "
        "for_survey for_telemarketing name sequence "
    ),
    "callcenter.rule.set.version": (
        "consent_kind date_from dayoff_from dayoff_to limit_day limit_month "
        "limit_period limit_week logs_refusals mass_consent mass_consent_basis "
        "max_attempts "
        "meeting_limit_week recording_notice retry_minutes source "
        "spares_protected workday_from workday_to "
    ),
    "callcenter.sampling.rule": (
        "active call_count company_id days kind min_seconds name scorecard_id sequence "
    ),
    "callcenter.scorecard": ("company_id guide name pass_percent "),
    "callcenter.scorecard.criterion": ("guide is_fatal name points sequence topic_id "),
    "callcenter.script": ("active company_id name product_id "),
    "callcenter.script.answer": ("disposition_id name next_step_id sequence step_id "),
    "callcenter.script.step": ("name product_id script_id sequence text "),
    "callcenter.service.level": ("basis company_id date_from goal seconds "),
    "callcenter.signing.rule": ("company_id date_from paper_kind source way "),
    "callcenter.stocktake": ("company_id date name room "),
    "callcenter.stocktake.line": ("remark "),
    "callcenter.stop.entry": ("campaign_id phone "),
    "callcenter.topic": ("active code name sequence "),
    "callcenter.training.plan": ("active company_id job_ids name "),
    "callcenter.training.plan.step": (
        "categ_id day goal kind policy_id product_tmpl_ids quiz_id scope title "
        "topic_id "
    ),
    "callcenter.training.task": ("due_on note "),
    "callcenter.workstation": (
        "active company_id department_id employee_id kit_id line_id name "
        "out_of_order_reason room row_no seat_no share_limit "
    ),
    "callcenter.workstation.actual": (
        "amount budget_id currency_id date document_ref document_row "
        "is_refund item_id note supplier_id "
    ),
    "callcenter.workstation.amendment": ("budget_id kit_id month reason seat_count "),
    "callcenter.workstation.amendment.line": (
        "amount item_id month periodicity quantity "
    ),
    "callcenter.workstation.budget": (
        "company_id date_from department_id kit_id months name note "
        "optional_line_ids scenario_of_id seat_count user_id "
    ),
    "callcenter.workstation.budget.line": (
        "amount_plan deviation_reason item_id month periodicity quantity sequence "
    ),
    "callcenter.workstation.budget.seat": ("kit_id month seat_count "),
    "callcenter.workstation.kit": ("active company_id date_from name note "),
    "callcenter.workstation.kit.line": (
        "amount currency_id is_optional item_id periodicity quantity sequence "
    ),
    "callcenter.workstation.share": ("date_from date_to employee_id workstation_id "),
}
