def migrate(cr, version):
    """What a line has made is named with its model."""
    cr.execute(
        """
        UPDATE callcenter_data_import_row line
           SET made = (SELECT jsonb_object_agg(line.res_model || ',' || id, NULL)
                         FROM jsonb_array_elements_text(line.made) id)
         WHERE jsonb_typeof(line.made) = 'array' AND line.res_model IS NOT NULL
        """
    )
