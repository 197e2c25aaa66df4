"""Documents in archives: found, named, read without unpacking; what is damaged or hostile is told, the rest is read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tracemalloc
import zipfile

import pytest

import kg
from kg.errors import KGError, UnreadableError
from kg.extract import archives, reading
from kg.extract.reading import covers, digest_of, find, is_there, read

TABLE = b"customer,supplier\nAlder Labs,Birch Hosting\n"


def zipped(path, members, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, **options)
    return path


def tarred(path, members, mode="w", extra=()):
    with tarfile.open(path, mode) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in extra:
            archive.addfile(info)
    return path


def told(*inputs):
    """Name -> text, or the reason why there is none."""
    texts = {}
    for found in find(inputs):
        try:
            texts[found.name] = read(found).text
        except UnreadableError as error:
            assert error.document == found.name
            assert "\n" not in str(error)
            texts[found.name] = error.reason
    return texts


MEMBERS = [("b.txt", b"bee"), ("in/a.txt", b"ay"), ("in/c.json.gz", gzip.compress(b"{}") + gzip.compress(b" "))]


class TestReading:
    @pytest.mark.parametrize(
        ("name", "make"),
        [
            ("x.zip", zipped),
            ("X.ZIP", zipped),
            ("x.tar", tarred),
            ("x.tar.gz", lambda path, members: tarred(path, members, "w:gz")),
            ("x.tgz", lambda path, members: tarred(path, members, "w:gz")),
            ("x.tar.bz2", lambda path, members: tarred(path, members, "w:bz2")),
            ("x.tar.xz", lambda path, members: tarred(path, members, "w:xz")),
            ("x.tar", lambda path, members: tarred(path, members, "w:gz")),
        ],
    )
    def test_members_are_documents(self, tmp_path, name, make):
        path = make(tmp_path / name, MEMBERS)
        expected = {f"{name}/b.txt": "bee", f"{name}/in/a.txt": "ay", f"{name}/in/c.json.gz": "{} "}
        assert told(path) == expected
        assert told(tmp_path) == expected
        assert sorted(tmp_path.iterdir()) == [path]
        for found in find([path]):
            assert not found.named
            assert found.location == f"{path.resolve()}/{found.name.removeprefix(name + '/')}"
            assert digest_of(found) == read(found).digest

    def test_members_can_be_read_in_any_order(self, tmp_path):
        members = [(f"{number:03}.txt", b"%d" % number) for number in range(50)]
        for path in (zipped(tmp_path / "a.zip", members), tarred(tmp_path / "b.tar.gz", members, "w:gz")):
            listed = list(find([path]))
            assert [read(found).text for found in reversed(listed)] == [str(number) for number in reversed(range(50))]

    def test_hidden_members_and_folders_are_left_out(self, tmp_path):
        members = [
            ("in/", b""),
            ("in/.x", b"x"),
            (".git/a", b"x"),
            ("__MACOSX/in/a", b"x"),
            ("in/a", b"x"),
            ("./b", b"x"),
        ]
        assert [found.name for found in find([zipped(tmp_path / "a.zip", members)])] == ["a.zip/b", "a.zip/in/a"]

    def test_an_archive_that_changed_is_looked_into_again(self, tmp_path):
        path = zipped(tmp_path / "a.zip", [("a.txt", b"one")])
        assert told(path) == {"a.zip/a.txt": "one"}
        zipped(path, [("a.txt", b"another"), ("b.txt", b"two")])
        assert told(path) == {"a.zip/a.txt": "another", "a.zip/b.txt": "two"}

    def test_names_that_lead_out_stay_inside(self, tmp_path):
        members = [("../../up.txt", b"1"), ("/etc/abs.txt", b"2"), ("C:\\\\x.txt", b"3"), ("a/../a.txt", b"4")]
        for path in (zipped(tmp_path / "a.zip", members), tarred(tmp_path / "a.tar", members)):
            assert sorted(told(path)) == [
                f"{path.name}/{name}" for name in ("C:/x.txt", "a/a.txt", "etc/abs.txt", "up.txt")
            ]
            for found in find([path]):
                assert covers(path, found.location)
                assert found.location.startswith(f"{path.resolve()}/")

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_members_of_one_name_are_all_read(self, tmp_path):
        members = [("a.txt", b"one"), ("./a.txt", b"two"), ("a.txt", b"three")]
        for path in (zipped(tmp_path / "a.zip", members), tarred(tmp_path / "a.tar", members)):
            name = path.name
            assert told(path) == {f"{name}/a.txt": "one", f"{name}/a.txt (2)": "two", f"{name}/a.txt (3)": "three"}

    def test_an_empty_archive_holds_nothing(self, tmp_path):
        assert told(zipped(tmp_path / "a.zip", []), tarred(tmp_path / "a.tar", [])) == {}

    def test_an_archive_is_covered_with_its_members(self, tmp_path):
        (found,) = find([zipped(tmp_path / "a.zip", [("in/a.txt", b"x")])])
        for given in (tmp_path, tmp_path / "a.zip", tmp_path / "*.zip"):
            assert covers(given, found.location)
        assert not covers(tmp_path / "b.zip", found.location)


class TestWhatCannotBeRead:
    def test_a_damaged_member(self, tmp_path):
        path = zipped(tmp_path / "a.zip", [("a.txt", b"first one"), ("b.txt", b"second one"), ("c.txt", b"third one")])
        data = path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            at = archive.infolist()[1].header_offset + 30 + len("b.txt")
        path.write_bytes(data[:at] + b"\xff\xff\xff" + data[at + 3 :])
        texts = told(path)
        assert (texts["a.zip/a.txt"], texts["a.zip/c.txt"]) == ("first one", "third one")
        assert texts["a.zip/b.txt"].startswith("cannot be read: ")

    def test_a_wrong_checksum(self, tmp_path):
        path = zipped(tmp_path / "a.zip", [("a.txt", b"x" * 50)])
        with zipfile.ZipFile(path) as archive:
            crc = archive.infolist()[0].CRC.to_bytes(4, "little")
        path.write_bytes(path.read_bytes().replace(crc, b"\0\0\0\0"))
        assert "Bad CRC-32" in told(path)["a.zip/a.txt"]

    def test_an_encrypted_member(self, tmp_path):
        path = zipped(tmp_path / "a.zip", [("a.txt", b"secret"), ("b.txt", b"open")])
        data = bytearray(path.read_bytes())
        data[data.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(data)
        assert told(path) == {"a.zip/a.txt": "is encrypted", "a.zip/b.txt": "open"}

    def test_a_compression_that_nobody_knows(self, tmp_path):
        path = zipped(tmp_path / "a.zip", [("a.txt", b"x"), ("b.txt", b"open")])
        data = bytearray(path.read_bytes())
        data[8] = data[data.index(b"PK\x01\x02") + 10] = 98
        path.write_bytes(data)
        texts = told(path)
        assert texts["a.zip/a.txt"].startswith("cannot be read: ")
        assert texts["a.zip/b.txt"] == "open"

    def test_archives_in_archives(self, tmp_path):
        inner = {
            "a.zip": zipped(tmp_path / "i.zip", [("a", b"x")]).read_bytes(),
            "b.tar": tarred(tmp_path / "i.tar", [("a", b"x")]).read_bytes(),
            "c.tgz": tarred(tmp_path / "i.tgz", [("a", b"x")], "w:gz").read_bytes(),
            "d.tar.gz": tarred(tmp_path / "i.tar.gz", [("a", b"x")], "w:gz").read_bytes(),
            "e": zipped(tmp_path / "i.zip", [("a", b"x")]).read_bytes(),
        }
        texts = told(zipped(tmp_path / "out.zip", [*inner.items(), ("f.txt", b"open")]))
        assert texts.pop("out.zip/f.txt") == "open"
        assert set(texts.values()) == {"is an archive in an archive; unpack the outer one first"}

    def test_links_and_devices(self, tmp_path):
        odd = []
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("pipe", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            odd.append(info)
        texts = told(tarred(tmp_path / "a.tar", [("a.txt", b"open")], extra=odd))
        assert texts.pop("a.tar/a.txt") == "open"
        assert set(texts) == {"a.tar/link", "a.tar/hard", "a.tar/pipe"}
        assert set(texts.values()) == {"is a link or a device, not a file"}

    @pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tar.xz"])
    @pytest.mark.parametrize(
        "data", [b"", b"no archive", b"PK\x03\x04", gzip.compress(b"x"), bz2.compress(b"x"), lzma.compress(b"x")]
    )
    def test_what_is_no_archive_fails_when_it_is_named(self, tmp_path, name, data):
        path = tmp_path / name
        path.write_bytes(data)
        (found,) = find([path])
        assert (found.name, found.named) == (name, True)
        with pytest.raises(UnreadableError, match=rf"{name}: is no archive that can be read: "):
            read(found)
        assert digest_of(found) is None

    @pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
    def test_a_tar_that_is_cut_gives_what_it_has_and_says_so(self, tmp_path, mode):
        members = [
            (f"{number}.txt", bytes((number * 7 + at * at) % 95 + 32 for at in range(3000))) for number in range(9)
        ]
        path = tarred(tmp_path / "a.tar", members, mode)
        whole = path.read_bytes()
        expected = {f"a.tar/{name}": data.decode() for name, data in members}
        # The end of a tar is padded: it is whole before its last byte.
        for length in range(len(whole) * 2 // 10, len(whole) * 7 // 10, len(whole) // 20):
            path.write_bytes(whole[:length])
            texts = told(path)
            read_in_full = {name: text for name, text in texts.items() if expected.get(name) == text}
            assert len(texts) > len(read_in_full), length
            if mode == "w":
                assert len(read_in_full) == max(0, (length - 512 - 3000) // (512 + 3072) + 1)

    def test_a_damaged_header_is_told(self, tmp_path):
        path = tarred(tmp_path / "a.tar", [("a.txt", b"one"), ("b.txt", b"two"), ("c.txt", b"three")])
        data = bytearray(path.read_bytes())
        data[1024 + 150] ^= 1
        path.write_bytes(data)
        assert told(path) == {
            "a.tar/a.txt": "one",
            "a.tar/member 2": "cannot be read, nor what follows: the archive is damaged or cut off here",
        }

    @pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
    def test_no_byte_of_an_archive_makes_it_fail(self, tmp_path, name):
        path = tmp_path / name
        members = [("a.txt", b"one"), ("b.txt", b"two" * 100)]
        whole = (
            zipped(path, members) if name == "a.zip" else tarred(path, members, "w" if name == "a.tar" else "w:gz")
        ).read_bytes()
        for at in range(0, min(len(whole), 2100), 3):
            for value in (0, 0x80, 0xFF):
                path.write_bytes(whole[:at] + bytes([value]) + whole[at + 1 :])
                assert told(path)


class TestLimits:
    def test_a_zip_bomb(self, tmp_path):
        path = zipped(tmp_path / "a.zip", [("bomb", b"\0" * (20 * 1024**2)), ("a.txt", b"open")])
        texts = told(path)
        assert texts["a.zip/a.txt"] == "open"
        assert "times as large as it is packed" in texts["a.zip/bomb"]

    def test_a_tar_bomb_is_not_unpacked(self, tmp_path):
        path = tarred(
            tmp_path / "a.tar.gz", [("a.txt", b"open"), ("bomb", b"\0" * (64 * 1024**2)), ("b.txt", b"x")], "w:gz"
        )
        tracemalloc.start()
        texts = told(path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert texts["a.tar.gz/a.txt"] == "open"
        assert texts["a.tar.gz/bomb"].startswith("is not read, nor what follows: the archive unpacks to more than ")
        assert len(texts) == 2
        assert peak < 16 * 1024**2

    def test_a_header_that_claims_to_be_enormous(self, tmp_path):
        info = tarfile.TarInfo("x")
        info.type, info.size = tarfile.XHDTYPE, 6 * 1024**3
        path = tmp_path / "a.tar"
        path.write_bytes(
            tarred(tmp_path / "b.tar", [("a.txt", b"open")]).read_bytes()[:1024] + info.tobuf() + b"x" * 1024
        )
        texts = told(path)
        assert texts["a.tar/a.txt"] == "open"
        assert "a header is too large" in texts["a.tar/member 2"]

    def test_a_header_that_leads_back(self, tmp_path):
        info = tarfile.TarInfo("x")
        buffer = bytearray(info.tobuf())
        buffer[124:136] = b"\xff" * 11 + b"\x00"
        total = 256 + sum(buffer[:148]) + sum(buffer[156:512])
        buffer[148:156] = b"%06o\0 " % total
        path = tmp_path / "a.tar"
        path.write_bytes(tarred(tmp_path / "b.tar", [("a.txt", b"open")]).read_bytes()[:1024] + buffer + b"\0" * 1024)
        texts = told(path)
        assert texts["a.tar/a.txt"] == "open"
        assert len(texts) == 2

    def test_all_members_together(self, tmp_path, monkeypatch):
        monkeypatch.setattr(archives, "MAX_EXPANDED", 1000)
        members = [(name, name.encode() * 400) for name in "abcd"]
        texts = told(zipped(tmp_path / "a.zip", members))
        assert [name for name, text in texts.items() if len(text) == 400] == ["a.zip/a", "a.zip/b"]
        assert texts["a.zip/c"] == texts["a.zip/d"] == "is not read: the members before it unpack to nearly 1,000 bytes"

    def test_one_member(self, tmp_path, monkeypatch):
        monkeypatch.setattr(reading, "MAX_BYTES", 1000)
        members = [("a", b"x" * 1000), ("b", b"x" * 1001), ("c.gz", gzip.compress(b"x" * 100_000))]
        for path in (zipped(tmp_path / "a.zip", members), tarred(tmp_path / "a.tar", members)):
            texts = told(path)
            assert len(texts[f"{path.name}/a"]) == 1000
            assert texts[f"{path.name}/b"] == texts[f"{path.name}/c.gz"] == "is larger than 1,000 bytes"

    def test_too_many_members(self, tmp_path, monkeypatch):
        monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
        members = [(str(number), b"x") for number in range(4)]
        for path in (zipped(tmp_path / "a.zip", members), tarred(tmp_path / "a.tar", members)):
            assert told(path) == {path.name: "is no archive that can be read: it holds more than 3 members"}


class TestBuilding:
    def test_members_are_built_skipped_and_pruned_like_files(self, tmp_path):
        store = tmp_path / "s.kg"
        path = tmp_path / "in" / "tables.zip"
        path.parent.mkdir()
        other = TABLE.replace(b"Alder", b"Cedar")
        zipped(path, [("a.csv", TABLE), ("b.csv", other), ("c.md", b"# nothing"), ("d.bin", b"\0")])
        report = kg.build([path.parent], store).report
        assert (report.documents, report.skipped, report.quarantined) == (2, 1, 1)
        assert [row["document"] for row in report.quarantine] == ["tables.zip/d.bin"]
        assert kg.build([path], store).report.documents == 2
        again = kg.build([path.parent], store).report
        assert (again.changed, again.unchanged) == (0, 2)
        zipped(path, [("a.csv", TABLE)])
        gone = kg.build([path.parent], store, prune=True).report
        assert (gone.documents, gone.unchanged, gone.removed) == (1, 1, 1)
        path.write_bytes(b"damaged")
        kept = kg.build([path.parent], store, prune=True).report
        assert (kept.documents, kept.removed) == (1, 0)
        with pytest.raises(KGError, match="is no archive that can be read"):
            kg.build([path], store)
        path.unlink()
        (path.parent / "x.csv").write_bytes(other)
        assert kg.build([path.parent], store, prune=True).report.removed == 1

    def test_what_may_still_be_there(self, tmp_path):
        path = zipped(tmp_path / "a.zip", [("in/a.txt", b"x")])
        location = str(path.resolve())
        assert is_there(f"{location}/in/a.txt")
        assert not is_there(f"{location}/in/b.txt")
        assert not is_there(f"{location}x/in/a.txt")
        path.write_bytes(b"damaged")
        assert is_there(f"{location}/in/b.txt")
