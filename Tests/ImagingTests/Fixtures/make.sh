#!/usr/bin/env bash
# Makes the pictures beside this file: one small picture in formats that the tests cannot encode.
# Needs libheif-examples, libavif-bin, libjxl-tools, python3-pil and libimage-exiftool-perl.
set -euo pipefail
cd "$(dirname "$0")"
python3 - <<'PYTHON'
from PIL import Image
picture = Image.new("RGB", (40, 24))
picture.putdata([(x * 6, y * 10, (x * y) % 256) for y in range(24) for x in range(40)])
picture.save("picture.png")
frames = [picture.quantize(64), picture.transpose(Image.FLIP_LEFT_RIGHT).quantize(64)]
frames[0].save("picture.gif", save_all=True, append_images=frames[1:], duration=100, loop=0,
               comment=b"a duck\nSteps: 20, Seed: 42, Model: m")
picture.quantize(64).save("interlaced.gif", interlace=1)
PYTHON
heif-enc -q 80 picture.png -o picture.heic
avifenc -s 8 --min 10 --max 20 picture.png picture.avif
cjxl picture.png picture.jxl --container=1 -q 90
for file in picture.heic picture.avif picture.jxl picture.gif; do
  exiftool -q -overwrite_original -api Compact=NoPadding -XMP-dc:Subject=animals "$file"
done
for file in picture.heic picture.avif picture.jxl; do
  exiftool -q -overwrite_original -UserComment="a duck
Negative prompt: blur
Steps: 20, Sampler: Euler, CFG scale: 7, Seed: 42, Size: 40x24, Model: m" "$file"
done
