def migrate(cr, version):
    """Imports under way name their columns in the first line, as they were read."""
    cr.execute(
        """
        UPDATE callcenter_data_import
           SET found_header_line = 1, found_header_height = 1
         WHERE has_header AND found_header_line IS NULL
           AND state NOT IN ('draft', 'reading')
        """
    )
