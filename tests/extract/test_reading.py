from __future__ import annotations

import gzip
import io
import os
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import UnreadableError
from kg.extract import reading
from kg.extract.reading import covers, document, find, read


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden", ".git/x", "sub/.secret"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return tmp_path / "in"


def names(*inputs):
    return [found.name for found in find(inputs)]


class TestFinding:
    def test_a_folder_gives_its_files_sorted_without_hidden_ones(self, folder):
        assert names(folder) == ["a.txt", "b.txt", "sub/c.txt"]
        assert not any(found.named for found in find([folder]))

    def test_a_file_is_named(self, folder):
        (found,) = find([folder / "a.txt"])
        assert (found.name, found.named) == ("a.txt", True)
        assert found.location == str((folder / "a.txt").resolve())

    def test_a_file_is_found_once(self, folder):
        (folder / "link.txt").symlink_to(folder / "a.txt")
        assert names(folder / "a.txt", folder, str(folder / "*.txt"), folder) == ["a.txt", "b.txt", "sub/c.txt"]

    def test_a_folder_that_cannot_be_read_is_told_once_whatever_link_leads_to_it(self, folder, monkeypatch):
        (folder.parent / "link").symlink_to(folder)

        def barred(place):
            raise PermissionError(13, "Permission denied", str(place))

        monkeypatch.setattr(reading.os, "scandir", barred)
        (found,) = find([folder, folder.parent / "link"])
        assert found.location == str(folder.resolve())

    def test_what_cannot_be_looked_into_may_still_be_there(self, folder, monkeypatch):
        def barred(_):
            raise PermissionError(13, "Permission denied")

        assert not reading.is_there(str(folder / "gone.txt"))
        monkeypatch.setattr(reading.Path, "exists", barred)
        assert reading.is_there(str(folder / "gone.txt"))

    def test_a_pattern(self, folder):
        assert names(str(folder / "*.txt")) == ["a.txt", "b.txt"]
        assert names(str(folder / "**" / "c.*")) == ["c.txt"]
        with pytest.raises(UnreadableError, match="no file matches"):
            names(str(folder / "*.xml"))

    def test_standard_input(self):
        (found,) = find(["-"])
        assert (found.name, found.path, found.named, found.location) == ("stdin", None, True, "-")

    @pytest.mark.parametrize("given", ["", "missing", "missing/at/all", "n" * 5000, "a\0b"])
    def test_nothing_there(self, tmp_path, monkeypatch, given):
        monkeypatch.chdir(tmp_path)
        with pytest.raises(UnreadableError):
            names(given)

    def test_a_store_is_no_document(self, folder):
        kg.build(kg_table(folder), folder / "sub" / "s.kg")
        assert names(folder) == ["a.txt", "b.txt", "sub/c.txt", "t.csv"]
        with pytest.raises(UnreadableError, match="is a store"):
            names(folder / "sub" / "s.kg")

    def test_links_that_lead_nowhere_or_in_circles_are_left_out(self, folder):
        (folder / "nowhere").symlink_to(folder / "missing")
        (folder / "circle").symlink_to(folder / "circle")
        (folder / "sub" / "up").symlink_to(folder)
        assert names(folder) == ["a.txt", "b.txt", "sub/c.txt"]

    def test_what_is_no_file_is_left_out_of_a_folder(self, folder):
        os.mkfifo(folder / "pipe")
        assert names(folder) == ["a.txt", "b.txt", "sub/c.txt"]

    def test_a_name_is_text_of_one_line(self, folder):
        strange = os.fsdecode(b"caf\xe9\nnew.txt")
        (folder / strange).write_text("x", "utf-8")
        assert "caf\ufffd\ufffdnew.txt" in names(folder)
        found = next(found for found in find([folder]) if "caf" in found.name)
        assert read(found).text == "x"


def kg_table(folder):
    path = folder / "t.csv"
    path.write_text("customer,supplier\nA,B\n", "utf-8")
    return path


class TestCovering:
    @pytest.mark.parametrize(
        ("given", "inside", "outside"),
        [
            ("in", ["in/a.txt", "in/sub/b.txt"], ["in2/a.txt", "a.txt"]),
            ("in/a.txt", ["in/a.txt"], ["in/a.txt.gz", "in/b.txt"]),
            ("in/*.txt", ["in/a.txt"], ["in/sub/a.txt", "in/a.csv", "other/a.txt"]),
            ("in/**/*.txt", ["in/a.txt", "in/sub/deep/a.txt"], ["in/a.csv"]),
            ("i?/[ab].txt", ["in/a.txt"], ["in/c.txt"]),
            ("in/s*", ["in/sub/a.txt", "in/s.txt"], ["in/a.txt"]),
            (".", ["in/a.txt"], []),
        ],
    )
    def test_an_input_covers_what_it_would_find(self, tmp_path, monkeypatch, given, inside, outside):
        monkeypatch.chdir(tmp_path)
        assert [name for name in inside if not covers(given, str(tmp_path / name))] == []
        assert [name for name in outside if covers(given, str(tmp_path / name))] == []

    def test_the_root_covers_everything(self):
        assert covers("/", "/x/y")


class TestDecoding:
    @pytest.mark.parametrize(
        ("data", "text"),
        [
            ("é東\r\n".encode(), "é東\r\n"),
            ("\ufeffé".encode(), "é"),
            ("é".encode("utf-16"), "é"),
            (b"\xfe\xff" + "é".encode("utf-16-be"), "é"),
            ("cut é".encode()[:-1], "cut "),
            ("cut 東".encode()[:-1], "cut "),
            ("\ufeff😀".encode("utf-16-le")[:-2], None),
        ],
    )
    def test_utf8_and_utf16_with_a_mark(self, data, text):
        if text is None:
            with pytest.raises(UnreadableError, match="empty"):
                document("x", data)
        else:
            assert document("x", data).text == text

    @pytest.mark.parametrize(
        ("data", "reason", "place"),
        [
            (b"", "is empty", ""),
            (b" \n\t", "is empty", ""),
            (b"\xef\xbb\xbf", "is empty", ""),
            (b"abc\0def", "is a binary file", "byte 3"),
            (b"caf\xe9 s\xc3\xb6ciety", "is not UTF-8 text", "byte 3"),
            ("Общество".encode("cp1251"), "is not UTF-8 text", "byte 0"),
            (b"\x80a\x01bc", "is not UTF-8 text", "byte 0"),
            (b"\x81abc", "is not UTF-8 text", "byte 0"),
            (b"\xed\xa0\x80 lone", "is not UTF-8 text", "byte 0"),
            ("a\0b".encode("utf-16"), "holds a NUL character", "character 1"),
        ],
    )
    def test_what_is_no_text_says_where(self, data, reason, place):
        with pytest.raises(UnreadableError) as caught:
            document("x.txt", data)
        assert (caught.value.document, caught.value.reason, caught.value.place) == ("x.txt", reason, place)

    @pytest.mark.parametrize("text", ["café society", "“Éclair” – Ångström & Söhne", "€5 – it’s"])
    def test_what_western_spreadsheets_write(self, text):
        told = document("x.csv", text.encode("cp1252"))
        assert (told.text, told.guessed) == (text, "Windows-1252")
        assert document("x.csv", text.encode()).guessed == ""

    def test_the_digest_is_of_the_bytes(self):
        data = "\ufeffé".encode()
        assert document("x", data).digest == sha256(data).hexdigest()

    @given(st.binary(max_size=64))
    def test_bytes_are_text_or_an_error(self, data):
        try:
            told = document("x", data)
        except UnreadableError as error:
            assert "\n" not in str(error)
        else:
            assert told.text.strip()
            assert "\0" not in told.text
            told.text.encode("utf-8")


class TestReading:
    def test_gzip(self, tmp_path):
        path = tmp_path / "a.txt.gz"
        path.write_bytes(gzip.compress(b"hello"))
        (found,) = find([path])
        assert read(found).text == "hello"
        assert read(found).name == "a.txt.gz"

    @pytest.mark.parametrize(
        "data", [b"not gzip", gzip.compress(b"hello world" * 100, mtime=0)[:-9], gzip.compress(b"x", mtime=0) + b"junk"]
    )
    def test_gzip_that_is_none(self, tmp_path, data):
        path = tmp_path / "a.gz"
        path.write_bytes(data)
        (found,) = find([path])
        with pytest.raises(UnreadableError, match="cannot be read"):
            read(found)

    def test_a_limit_holds_before_and_after_unpacking(self, tmp_path, monkeypatch):
        monkeypatch.setattr(reading, "MAX_BYTES", 1000)
        (tmp_path / "big.txt").write_bytes(b"x" * 1001)
        (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"x" * 100_000))
        (tmp_path / "fits.txt").write_bytes(b"x" * 1000)
        told = {}
        for found in find([tmp_path]):
            try:
                told[found.name] = len(read(found).text)
            except UnreadableError as error:
                told[found.name] = error.reason
        assert told == {
            "big.txt": "is larger than 1,000 bytes", "bomb.gz": "is larger than 1,000 bytes", "fits.txt": 1000,
        }  # fmt: skip

    def test_a_file_that_went_away(self, folder):
        (found,) = find([folder / "a.txt"])
        (folder / "a.txt").unlink()
        with pytest.raises(UnreadableError, match=r"a\.txt: cannot be read: No such file"):
            read(found)

    def test_standard_input(self, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("é".encode())))
        (found,) = find(["-"])
        assert (read(found).name, read_again(found)) == ("stdin", "is empty")


def read_again(found):
    with pytest.raises(UnreadableError) as caught:
        read(found)
    return caught.value.reason
