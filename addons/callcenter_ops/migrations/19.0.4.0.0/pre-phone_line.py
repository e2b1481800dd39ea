"""Labels of calls longer than the network passes on are cut."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE callcenter_phone_line SET label_text = left(label_text, 32)
         WHERE char_length(label_text) > 32
        """
    )
