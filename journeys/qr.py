"""An address as a picture to scan; the only module that knows the drawing library."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

# White around it, in squares: without it cameras do not find the code.
BORDER = 4


def draw(address: str) -> SafeString:
    """Return the address as a QR code in SVG, without style or script."""
    code = qrcode.QRCode(border=BORDER)
    code.add_data(address)
    rows = code.get_matrix()
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg class="qr-code" viewBox="0 0 {0} {0}" shape-rendering="crispEdges" '
        'aria-hidden="true"><path d="{1}" fill="#000"/></svg>',
        len(rows),
        squares,
    )
