"""What needs the new columns."""


def migrate(cr, version):
    mark_suppliers(cr)


def mark_suppliers(cr):
    """Whom HR and the Director name as a supplier already, they go on seeing."""
    cr.execute(
        """
        UPDATE res_partner SET callcenter_is_supplier = TRUE
         WHERE id IN (SELECT supplier_id FROM callcenter_cost_item
                      UNION SELECT supplier_id FROM callcenter_workstation_actual
                      UNION SELECT provider_id FROM callcenter_phone_package)
        """
    )
