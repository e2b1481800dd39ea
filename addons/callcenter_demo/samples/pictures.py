"""Pictures of the invented goods: plain shapes in the colours of the goods."""

from io import BytesIO

from PIL import Image, ImageDraw

_SIZE, _GRID, _SMOOTH = 384, 100, 2
_COLOURS = {
    "красный": "#c8322d", "синий": "#2b5fb0", "чёрный": "#2c2c30", "белый": "#f4f4f0",
    "зелёный": "#3a8f4d", "серый": "#8d949c", "оранжевый": "#e8812e",
    "жёлтый": "#edc531",
}  # fmt: skip
_EDGE, _DARK, _PAPER, _PLAIN = "#45474d", "#5b5e66", "#e9eef2", "#c9ced4"
# What fills a shape: the first colour of the goods, the second, or a dark part.
_ONE, _TWO, _OFF = 0, 1, 2
_BOOT = (("poly", (34, 14, 60, 14, 62, 48, 84, 58, 86, 74, 32, 74), _ONE),
         ("poly", (36, 24, 60, 24, 61, 32, 36, 32), _TWO))  # fmt: skip
_SHIRT = (("poly", (34, 14, 66, 14, 88, 30, 80, 42, 68, 36, 68, 86, 32, 86, 32, 36,
                    20, 42, 12, 30), _ONE),
          ("poly", (43, 14, 57, 14, 50, 28), _TWO))  # fmt: skip
_BALL = (("oval", (16, 16, 84, 84), _ONE),)
_RACKET = (("line", (50, 66, 50, 94), _OFF, 7), ("oval", (26, 8, 74, 68), _ONE))
_WHEELS = (("ring", (6, 48, 42, 84), _OFF, 4), ("ring", (58, 48, 94, 84), _OFF, 4))
# By the name of the family: (form, points on a grid of 100, fill, width of a line).
_SHAPES = {
    "Лыжи беговые": (("line", (30, 94, 44, 14, 50, 6), _ONE, 7),
                     ("line", (54, 94, 68, 14, 74, 6), _TWO, 7)),
    "Ботинки лыжные": (*_BOOT, ("line", (30, 78, 88, 78), _OFF, 5)),
    "Палки лыжные": (("line", (32, 8, 38, 92), _ONE, 4), ("line", (66, 8, 60, 92),
                     _ONE, 4), ("oval", (28, 78, 46, 86), _TWO),
                     ("oval", (52, 78, 70, 86), _TWO), ("line", (31, 8, 33, 26),
                     _OFF, 7), ("line", (67, 8, 65, 26), _OFF, 7)),
    "Коньки фигурные": (*_BOOT, ("line", (28, 88, 84, 88, 90, 82), _OFF, 4),
                        ("line", (44, 74, 44, 88), _OFF, 4),
                        ("line", (74, 74, 74, 88), _OFF, 4)),
    "Коньки хоккейные": (*_BOOT, ("poly", (34, 74, 84, 74, 78, 84, 40, 84), _OFF),
                         ("line", (24, 88, 92, 88), _OFF, 6)),
    "Тюбинг": (("oval", (8, 26, 92, 82), _ONE), ("oval", (34, 42, 66, 62), _TWO)),
    "Сноуборд": (("line", (30, 88, 70, 12), _ONE, 22), ("line", (40, 66, 50, 74),
                 _TWO, 6), ("line", (52, 42, 62, 50), _TWO, 6)),
    "Велосипед горный": (*_WHEELS, ("line", (24, 66, 42, 36, 70, 36, 50, 66, 24, 66),
                         _ONE, 4), ("line", (42, 36, 50, 66), _ONE, 4),
                         ("line", (76, 66, 68, 24, 78, 22), _TWO, 4),
                         ("line", (34, 30, 48, 30), _OFF, 5)),
    "Шлем велосипедный": (("pie", (10, 22, 90, 98), _ONE),
                          ("line", (30, 40, 34, 58), _TWO, 6),
                          ("line", (50, 34, 50, 58), _TWO, 6),
                          ("line", (70, 40, 66, 58), _TWO, 6),
                          ("line", (24, 62, 48, 88, 76, 62), _OFF, 3)),
    "Ролики": (*_BOOT, *(("oval", (x, 76, x + 13, 89), _OFF) for x in
               (32, 46, 60, 74))),
    "Самокат": (("line", (26, 78, 76, 78), _ONE, 6), ("line", (72, 78, 62, 16),
                _TWO, 5),
                ("line", (50, 16, 74, 16), _OFF, 6), ("oval", (14, 74, 30, 90), _OFF),
                ("oval", (68, 74, 84, 90), _OFF)),
    "Палатка туристическая": (("poly", (50, 16, 94, 82, 6, 82), _ONE),
                              ("poly", (50, 38, 66, 82, 34, 82), _TWO)),
    "Рюкзак походный": (("line", (30, 28, 22, 70), _OFF, 7),
                        ("line", (70, 28, 78, 70), _OFF, 7),
                        ("poly", (32, 12, 68, 12, 74, 88, 26, 88), _ONE),
                        ("poly", (34, 50, 66, 50, 68, 78, 32, 78), _TWO)),
    "Спальный мешок": (("oval", (30, 6, 70, 42), _TWO),
                       ("poly", (28, 26, 72, 26, 66, 92, 34, 92), _ONE),
                       ("line", (50, 30, 50, 90), _OFF, 2)),
    "Гантель": (("line", (24, 50, 76, 50), _OFF, 8), ("poly", (12, 28, 30, 28, 30, 72,
                12, 72), _ONE), ("poly", (70, 28, 88, 28, 88, 72, 70, 72), _ONE)),
    "Гиря": (("ring", (32, 10, 68, 50), _OFF, 8), ("oval", (20, 34, 80, 90), _ONE),
             ("oval", (40, 52, 60, 72), _TWO)),
    "Коврик для йоги": (("poly", (22, 46, 92, 66, 78, 86, 8, 66), _ONE),
                        ("oval", (12, 34, 36, 58), _TWO), ("ring", (18, 40, 30, 52),
                        _OFF, 2)),
    "Велотренажёр": (("line", (22, 90, 78, 90), _OFF, 6), ("line", (38, 90, 38, 36),
                     _ONE, 6), ("line", (28, 34, 48, 34), _OFF, 7),
                     ("line", (38, 66, 66, 66, 68, 20, 80, 20), _ONE, 5),
                     ("oval", (54, 54, 84, 84), _TWO)),
    "Мяч футбольный": (*_BALL, ("poly", (50, 36, 64, 46, 58, 62, 42, 62, 36, 46), _TWO),
                       ("line", (50, 36, 50, 18), _EDGE, 2), ("line", (64, 46, 82, 40),
                       _EDGE, 2), ("line", (58, 62, 70, 78), _EDGE, 2),
                       ("line", (42, 62, 30, 78), _EDGE, 2),
                       ("line", (36, 46, 18, 40), _EDGE, 2)),
    "Мяч волейбольный": (*_BALL, ("line", (18, 40, 50, 50, 44, 84), _TWO, 5),
                         ("line", (50, 50, 82, 38), _TWO, 5),
                         ("line", (34, 20, 66, 44), _TWO, 5)),
    "Мяч баскетбольный": (*_BALL, ("line", (16, 50, 84, 50), _EDGE, 3),
                          ("line", (50, 16, 50, 84), _EDGE, 3),
                          ("line", (26, 26, 38, 50, 26, 74), _TWO, 3),
                          ("line", (74, 26, 62, 50, 74, 74), _TWO, 3)),
    "Ракетка для настольного тенниса": (("line", (50, 60, 50, 94), _TWO, 12),
                                        ("oval", (24, 8, 76, 68), _ONE)),
    "Ракетка для бадминтона": (*_RACKET, ("oval", (31, 13, 69, 63), _PAPER),
                               *(("line", (x, 14, x, 62), _EDGE, 1) for x in
                                 (38, 44, 50, 56, 62)),
                               ("line", (50, 80, 50, 94), _TWO, 8)),
    "Перчатки боксёрские": (("oval", (20, 12, 74, 62), _ONE), ("oval", (58, 34, 86, 62),
                            _ONE), ("poly", (30, 56, 68, 56, 66, 88, 32, 88), _TWO)),
    "Кимоно": (*_SHIRT, ("line", (32, 16, 58, 60), _EDGE, 3), ("line", (68, 16, 42, 60),
               _EDGE, 3), ("line", (32, 62, 68, 62), _OFF, 6)),
    "Очки для плавания": (("line", (4, 46, 96, 46), _TWO, 5), ("oval", (12, 34, 46, 62),
                          _ONE), ("oval", (54, 34, 88, 62), _ONE)),
    "Купальник спортивный": (("poly", (34, 8, 42, 8, 44, 26, 56, 26, 58, 8, 66, 8, 70,
                             40, 72, 70, 54, 90, 46, 90, 28, 70, 30, 40), _ONE),
                             ("line", (30, 50, 70, 50), _TWO, 5)),
    "Костюм спортивный": (("poly", (30, 8, 70, 8, 90, 40, 80, 46, 68, 28, 68, 54, 32,
                          54, 32, 28, 20, 46, 10, 40), _ONE), ("line", (50, 8, 50, 54),
                          _TWO, 4), ("poly", (34, 58, 66, 58, 68, 94, 54, 94, 50, 70,
                          46, 94, 32, 94), _ONE)),
    "Термобельё": (*_SHIRT, ("line", (34, 46, 66, 46), _TWO, 4),
                   ("line", (34, 58, 66, 58), _TWO, 4)),
    "Кроссовки беговые": (("poly", (10, 34, 34, 30, 50, 46, 88, 60, 90, 72, 10, 72),
                           _ONE),
                          ("line", (8, 76, 92, 76), _OFF, 7),
                          ("line", (40, 44, 30, 60), _TWO, 4),
                          ("line", (50, 50, 42, 64), _TWO, 4)),
}  # fmt: skip


def draw_goods(name, colours):
    """A PNG of a product on plain paper; None of what nobody has drawn yet.

    :param str name: of the product, its family first
    :param colours: names of its colours, the first one for the most of it
    """
    shapes = next((s for family, s in _SHAPES.items() if name.startswith(family)), None)
    if not shapes:
        return None
    known = [_COLOURS[colour] for colour in colours if colour in _COLOURS]
    one, two = [*known, _DARK][:2] if known else (_PLAIN, _DARK)
    image = Image.new("RGB", (_SIZE * _SMOOTH,) * 2, _PAPER)
    canvas = ImageDraw.Draw(image)
    for form, points, fill, *width in shapes:
        colour = {_ONE: one, _TWO: two, _OFF: _DARK}.get(fill, fill)
        _FORMS[form](canvas, _scale(points), colour, *map(_scale_one, width))
    stream = BytesIO()
    image.resize((_SIZE, _SIZE), Image.Resampling.LANCZOS).save(stream, "PNG")
    return stream.getvalue()


def _scale(points):
    return [_scale_one(number) for number in points]


def _scale_one(number):
    return round(number * _SIZE * _SMOOTH / _GRID)


def _draw_line(canvas, points, colour, width):
    # An edge around it, so that white is seen on the paper.
    canvas.line(points, _EDGE, width + _SMOOTH * 4, joint="curve")
    canvas.line(points, colour, width, joint="curve")


def _draw_polygon(canvas, points, colour):
    canvas.polygon(points, colour, _EDGE, _SMOOTH * 2)


def _draw_oval(canvas, points, colour):
    canvas.ellipse(points, colour, _EDGE, _SMOOTH * 2)


def _draw_ring(canvas, points, colour, width):
    canvas.ellipse(points, None, colour, width)


def _draw_half(canvas, points, colour):
    canvas.pieslice(points, 180, 360, colour, _EDGE, _SMOOTH * 2)


_FORMS = {
    "line": _draw_line,
    "poly": _draw_polygon,
    "oval": _draw_oval,
    "ring": _draw_ring,
    "pie": _draw_half,
}
