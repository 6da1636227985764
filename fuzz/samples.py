#!/usr/bin/env python3
"""Makes what each fuzz target starts from, of the samples and cases of the crates: samples.py FOLDER.

Nothing is stored twice: a folder for each target is written under FOLDER, and what lies there already stays.
"""
import bz2, gzip, hashlib, io, lzma, pathlib, sys, tarfile, zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = pathlib.Path(sys.argv[1])
# A sample longer than this slows a target down and shows it nothing new.
MOST = 20_000


def put(target: str, data: bytes) -> None:
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()[:16]
    if not path.exists():
        path.write_bytes(data)


def lines(pattern: str) -> list[str]:
    """What stands in data and cases, without comments."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob(pattern))]
    return [line for text in texts for line in text.splitlines() if line and not line.startswith("#")]


def zstd(data: bytes) -> bytes:
    """A frame of one stored block: there is no encoder at hand."""
    data = data[:200]
    header = (len(data) << 3 | 1).to_bytes(3, "little")
    return b"\x28\xb5\x2f\xfd\x20" + bytes([len(data)]) + header + data


def tar(data: bytes, kind: int) -> bytes:
    """Two members, the second in a folder."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        # Longer names than 100 bytes have a form of their own in each kind but the first.
        for name in ("tin.txt", "ngày 1/" + "tin dài " * (8 if kind == tarfile.USTAR_FORMAT else 20) + ".txt"):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


class Pipe(bytearray):
    """What can be written to and not be sought in."""

    def write(self, data: bytes) -> int:
        self.extend(data)
        return len(data)

    def flush(self) -> None:
        pass

    def getvalue(self) -> bytes:
        return bytes(self)


def zipped(data: bytes, method: int, seekable: bool) -> bytes:
    """The same; where it cannot be sought in, the sums stand behind the members."""
    out = io.BytesIO() if seekable else Pipe()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo("tin.txt"), data, method)
        archive.writestr(zipfile.ZipInfo("ngày 1/tin.txt"), data, method)
    return out.getvalue()


def is_sample(path: pathlib.Path) -> bool:
    return path.is_file() and path.suffix not in {".expected", ".md"} and path.stat().st_size <= MOST


texts = [path.read_text(encoding="utf-8", errors="ignore") for path in sorted((ROOT / "seeds").glob("*.txt"))]
cases = lines("corpus-extract/tests/cases/*.txt") + lines("corpus-extract/tests/*/*.tsv")
paragraphs = [line for text in texts for line in text.splitlines() if line.strip()]

for folder in sorted((ROOT / "corpus-parse/tests/formats").iterdir()):
    for sample in filter(is_sample, sorted(folder.iterdir())):
        data = sample.read_bytes()
        # The size of reads, and no limit, or one.
        put(f"read-{folder.name}", b"\x07\x00" + data)
        put(f"read-{folder.name}", b"\xff\x05" + data)
        text = data.decode("utf-8", "ignore")
        for coding in ("utf-16", "utf-16-be"):
            mark = b"" if coding == "utf-16" else b"\xfe\xff"
            put(f"read-{folder.name}", b"\x05\x00" + mark + text.encode(coding)[:2000])
        if len(data) < 3000:
            for pack in (gzip.compress, bz2.compress, lzma.compress, zstd):
                packed = pack(data)
                put("unpack", b"\xff\xff" + packed)
                put("unpack", b"\x03\x40" + packed + packed[: len(packed) // 2])
                put("stretches", b"\x10\x02" + packed)
        if len(data) < 500:
            for kind in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
                put("unwrap", b"\x40\x40" + tar(data, kind))
            for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                for seekable in (True, False):
                    archive = zipped(data, method, seekable)
                    put("unwrap", b"\x07\x40" + archive)
                    put("unwrap", b"\xff\x05" + gzip.compress(archive))
                    put("unwrap", b"\x40\xff" + zipped(gzip.compress(data), method, seekable))
            put("unwrap", b"\xff\xff" + tar(gzip.compress(zipped(data, zipfile.ZIP_DEFLATED, True)), tarfile.USTAR_FORMAT))
for sample in filter(is_sample, sorted(ROOT.glob("corpus-parse/tests/damaged/*/*"))):
    put(f"read-{sample.parent.name}", b"\x07\x00" + sample.read_bytes())

about_sites = [line for line in (ROOT / "corpus-parse/data/sites.tsv").read_text(encoding="utf-8").splitlines() if line]
for n in range(0, len(about_sites), 8):
    table = "#\n" + "\n".join(about_sites[n : n + 8])
    records = (ROOT / "corpus-parse/tests/formats/jsonl").glob("*.jsonl")
    for sample in filter(is_sample, sorted(records)):
        put("described", b"\x07\x00" + table.encode() + b"\x00" + sample.read_bytes()[:1000])
for about in sorted((ROOT / "corpus-parse/tests/described").rglob("*.toml")):
    for sample in filter(is_sample, sorted((ROOT / "corpus-parse/tests/described").rglob("*.txt"))):
        text = sample.read_bytes()[:2000]
        put("described", b"\x07\x00" + about.read_bytes() + b"\x00" + text)
        put("described", b"\xff\x09" + about.read_bytes() + b"\x00" + text)
for table in sorted((ROOT / "fuzz/parquet").glob("*.parquet")):
    data = table.read_bytes()
    # As it is, and with its end made anew.
    put("parquet", b"\x00\x00" + data)
    put("parquet", b"\x07\x01" + data)
    # Damaged in the pages, and in what describes them.
    put("parquet", b"\x40\x01" + data[:40] + bytes(byte ^ 0x55 for byte in data[40:60]) + data[60:])
    put("parquet", b"\xff\x01" + data[:-40] + bytes(byte ^ 0x55 for byte in data[-40:-30]) + data[-30:])
# The formats whose records are found line by line: the size of pieces, and no limit, or one.
for n, name in enumerate(("csv", "jsonl", "lines", "delimited")):
    for sample in filter(is_sample, sorted((ROOT / "corpus-parse/tests/formats" / name).iterdir())):
        data = sample.read_bytes()
        put("pieces", bytes([n, 40, 0]) + data)
        put("pieces", bytes([n, 7, 9]) + data)
        put("pieces", bytes([n, 200, 0]) + data[:1000] * 3)

for text in cases + paragraphs + lines("corpus-text/tests/cases/*"):
    data = text.encode()[:2000]
    put("segment", data)
    put("extract", b"\x00" + data)
    put("normalize", b"\x1f\x00" + data)
    put("normalize", b"\xff\x01" + data)
for table in ("tcvn3", "vni", "viscii", "vps", "cp1258"):
    rows = [line.split("\t") for line in lines(f"corpus-text/data/legacy/{table}.tsv")]
    put("legacy", b" ".join(bytes.fromhex(row[0].replace(" ", "")) for row in rows))
for text in paragraphs[:40]:
    put("legacy", text.encode())
    put("legacy", text.encode("cp1258", "replace"))
    put("legacy", text.encode().decode("cp1252", "replace").encode())

tables = sorted(ROOT.glob("corpus-extract/data/*.t*"))
for n, table in enumerate(tables):
    for choice in (2 * n, 2 * n + 1):
        rows = lines(f"corpus-extract/data/{table.name}")
        put("pack", bytes([choice % 256]) + "\n".join(rows[:12]).encode())
for pattern in ("học*", "* sinh", "(tăng|giảm) giá", "cải cách?hành chính", r"\(a\|b\)", "a (b", "(a|(b|c)) *"):
    put("pattern", f"{pattern}\nHọc sinh tăng giá (a|b); cải cách hành chính, a b, a c.".encode())
for condition in (
    "site = tin.example and published >= 2017",
    "title ~ \"mưa lớn\" or 'n' < 9 and id != x",
    "published = 2017-03 or published <= 2017-03-04",
):
    put("condition", condition.encode())
for data in (
    b"\x00h\xe1\xbb\x8dc sinh\n-l\xc3\xa0m vi\xe1\xbb\x87c\nTP. HCM\t9\n# a\n",
    "\x01học sinh\t12\nlàm việc\t7\ncải cách hành chính\n".encode(),
    "\x02Họp về cải_cách hành_chính .\n\nTrời mưa .\n".encode(),
    "\x02# text = Họp về cải cách.\n1\tHọp\t_\n2\tvề\t_\n3\tcải cách\t_\tSpaceAfter=No\n4\t.\t_\n\n".encode(),
    *(b"\x03" + path.read_bytes() for path in sorted(ROOT.glob("corpus-stats/data/quality/*"))),
):
    put("tables", data)
