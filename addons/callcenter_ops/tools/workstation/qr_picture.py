"""QR codes as PNG pictures, without a drawing back end of the machine."""

import io

from PIL import Image
from reportlab.graphics.barcode.qr import QrCodeWidget

_QUIET_ZONE = 4  # modules of white around the code that readers need


def qr_png(text, scale=6):
    """The QR code of ``text`` (error correction M) as bytes of a PNG.

    :param scale: pixels of one module
    """
    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    size = code.getModuleCount() + 2 * _QUIET_ZONE
    picture = Image.new("1", (size, size), 1)
    for row, modules in enumerate(code.modules):
        for column, is_dark in enumerate(modules):
            if is_dark:
                picture.putpixel((column + _QUIET_ZONE, row + _QUIET_ZONE), 0)
    stream = io.BytesIO()
    picture.resize((size * scale, size * scale)).save(stream, "PNG")
    return stream.getvalue()
