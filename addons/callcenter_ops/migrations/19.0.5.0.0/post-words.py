"""Numbers of budgets begin with letters of the company's language from now on."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE ir_sequence SET prefix = 'БРМ-%(year)s/'
         WHERE code = 'callcenter.workstation.budget' AND prefix = 'WB-%(year)s/'
        """
    )
