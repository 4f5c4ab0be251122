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
python3 - <<'PYTHON'
import struct
from PIL import Image, ImageCms, ImageOps
picture = Image.open("picture.png")
ImageOps.mirror(picture).save("mirrored.png")
straight = picture.copy()
straight.putalpha(Image.new("L", (40, 24)))
straight.putdata([p[:3] + (min(255, i % 40 * 7),) for i, p in enumerate(straight.getdata())])
straight.save("straight.png")
with open("premultiplied.pam", "wb") as file:
  file.write(b"P7\nWIDTH 40\nHEIGHT 24\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n")
  for *colors, alpha in straight.getdata():
    file.write(bytes([(color * alpha + 127) // 255 for color in colors] + [alpha]))
# The profile of sRGB with a table as its curve, which JPEG XL cannot express in its own header.
profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
profile += bytes(-len(profile) % 4)
table = (int(65535 * (i / 255) ** 1.37) for i in range(256))
curve = b"curv\0\0\0\0" + struct.pack(">I256H", 256, *table)
for entry in range(132, 132 + 12 * struct.unpack(">I", profile[128:132])[0], 12):
  if profile[entry + 1:entry + 4] == b"TRC":
    profile[entry + 4:entry + 12] = struct.pack(">II", len(profile), len(curve))
profile += curve
profile[0:4] = struct.pack(">I", len(profile))
picture.save("table-curve.png", icc_profile=bytes(profile))
PYTHON
avifenc -s 8 --min 10 --max 20 --minalpha 0 --maxalpha 0 -p straight.png premultiplied.avif
avifenc -s 8 --min 10 --max 20 picture.png mirrored.png sequence.avif
cjxl -d 1 table-curve.png table-curve.jxl
cjxl -d 0 -x color_space=RGB_D65_SRG_Rel_SRG premultiplied.pam premultiplied.jxl
python3 - <<'PYTHON'
# cjxl 0.7 cannot mark alpha as premultiplied. Bit 38 of its header, all_default of the alpha channel, is replaced
# by the 11 bits of a channel whose only other value is alpha_associated. The frame begins at the next whole byte.
data = open("premultiplied.jxl", "rb").read()
header = [byte >> bit & 1 for byte in data[:6] for bit in range(8)][:44]
assert header[36:39] == [1, 0, 1]
header[38:39] = [0] * 10 + [1]
header += [0] * (-len(header) % 8)
bytes_ = bytes(sum(header[i + bit] << bit for bit in range(8)) for i in range(0, len(header), 8))
open("premultiplied.jxl", "wb").write(bytes_ + data[6:])
PYTHON
rm mirrored.png straight.png premultiplied.pam table-curve.png
for file in picture.heic picture.avif picture.jxl picture.gif; do
  exiftool -q -overwrite_original -api Compact=NoPadding -XMP-dc:Subject=animals "$file"
done
for file in picture.heic picture.avif picture.jxl; do
  exiftool -q -overwrite_original -UserComment="a duck
Negative prompt: blur
Steps: 20, Sampler: Euler, CFG scale: 7, Seed: 42, Size: 40x24, Model: m" "$file"
done
