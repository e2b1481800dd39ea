"""Russia as a grid of equal tiles, one a region, roughly where it lies.

Codes are those of ``res.country.state``. Equal tiles show small regions as
well as large ones and need no foreign shapes.
"""

_GRID = """
.   .   .   .   .   MUR .   .   .   .   .   .   .   .   .   .   CHU
.   .   SPE LEN KR  ARK NEN .   .   YAN .   .   .   SA  MAG KAM .
KGD PSK NGR TVE VLG KO  .   .   KHM TYU TOM KYA IRK .   KHA SAK .
.   SMO MOW MOS YAR KOS KIR PER SVE OMS NVS KEM KK  BU  AMU YEV .
.   BRY KLU VLA IVA NIZ ME  UD  CHE KGN ALT AL  TY  ZAB .   PRI .
.   ORL TUL RYA MO  CU  TA  BA  .   .   .   .   .   .   .   .   .
.   KRS LIP TAM PNZ ULY SAM ORE .   .   .   .   .   .   .   .   .
.   BEL VOR VGG SAR .   .   .   .   .   .   .   .   .   .   .   .
95  90  93  94  .   .   .   .   .   .   .   .   .   .   .   .   .
CR  KDA ROS KL  AST .   .   .   .   .   .   .   .   .   .   .   .
SEV AD  STA .   DA  .   .   .   .   .   .   .   .   .   .   .   .
.   KC  KB  SE  IN  CE  .   .   .   .   .   .   .   .   .   .   .
"""

TILES = {
    code: (column, row)
    for row, line in enumerate(_GRID.strip().splitlines())
    for column, code in enumerate(line.split())
    if code != "."
}
"""Region code -> (column, row), both from 0, north-west first."""
