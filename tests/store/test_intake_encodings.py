"""Which encoding bytes are in. The sentences are short on purpose: that is where guessing fails."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.intake.decode import NotText, decode

RUSSIAN = "Министр вернулся в столицу."
UKRAINIAN = "Міністр повернувся до столиці."
BULGARIAN = "Министърът се върна в столицата."
SERBIAN = "Министар се вратио у престоницу."
FRENCH = "Le ministre a été reçu où l’on sait."
GERMAN = "Der Botschafter äußerte sich nicht."
SPANISH = "¿Qué dirá mañana el señor Tarn?"
ENGLISH = "The envoy’s visit — “a first step” — ended."
POLISH = "Źródła rządowe milczą o rozmowach."
TURKISH = "Büyükelçi bugün açıklama yapmadı, dışarı çıktı."
GREEK = "Ο πρέσβης επέστρεψε χθες στην πρωτεύουσα."
HEBREW = "השגריר חזר אתמול לבירה."
ARABIC = "عاد السفير أمس إلى العاصمة بعد ثلاث سنوات."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [RUSSIAN, FRENCH, ENGLISH, ARABIC, "Talks", "Встреча"])
def test_unicode_is_read_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE])
def test_half_a_character_at_the_end_costs_only_itself(mark: bytes) -> None:
    order = "utf-16-be" if mark == codecs.BOM_UTF16_BE else "utf-16-le"
    assert decode(mark + RUSSIAN.encode(order)[:-1]) == RUSSIAN[:-1] + "\ufffd"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(t, e) for t in (RUSSIAN, BULGARIAN, RUSSIAN.upper()) for e in ("cp1251", "koi8-r", "cp866", "iso8859-5")]
    + [(UKRAINIAN, "cp1251"), (UKRAINIAN, "koi8-u"), (SERBIAN, "cp1251"), (SERBIAN, "iso8859-5")]
    + [(t, "cp1252") for t in (FRENCH, GERMAN, SPANISH, ENGLISH, FRENCH.upper())]
    + [(t, "latin-1") for t in (GERMAN, SPANISH)]
    + [(POLISH, "cp1250"), (TURKISH, "cp1254"), (GREEK, "cp1253"), (HEBREW, "cp1255"), (ARABIC, "cp1256")],
)
def test_one_sentence_tells_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_one_sign_in_an_english_text_is_windows_1252() -> None:
    text = "The envoys brewed tea for hours. X×Y was on the board, and no date was set for the talks. " * 6
    assert decode(text.replace("×", "x", 5).encode("cp1252")) == text.replace("×", "x", 5)


def test_a_soft_hyphen_is_no_letter() -> None:
    assert decode("Grund\u00adgebühr".encode("cp1252")) == "Grund\u00adgebühr"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=windows-1251>", "cp1251"),
        ('<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=KOI8-R">', "koi8-r"),
        ("<?xml version='1.0' encoding='iso-8859-5'?><html>", "iso8859-5"),
        ("<meta charset='mac-cyrillic'>", "mac-cyrillic"),
    ],
)
def test_a_declared_encoding_is_believed(head: str, encoding: str) -> None:
    text = f"{head}<p>{RUSSIAN}"
    assert decode(text.encode(encoding)) == text


def test_a_few_letters_are_enough_with_a_declaration() -> None:
    text = '<meta charset="windows-1257"><p>Ķēde.'
    assert decode(text.encode("cp1257")) == text


@pytest.mark.parametrize("declared", ["windows-1251", "iso-8859-1", "shift_jis", "utf-16", "no-such", "rot13", "hex"])
def test_utf8_is_utf8_whatever_a_page_declares(declared: str) -> None:
    text = f"<meta charset={declared}><p>{RUSSIAN}"
    assert decode(text.encode()) == text


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "koi8-r", "no-such", "base64"])
def test_a_wrong_declaration_is_found_out_by_the_letters(declared: str) -> None:
    text = f"<meta charset={declared}><p>{RUSSIAN}"
    assert decode(text.encode("cp1251")) == text


def test_latin_1_is_declared_and_windows_1252_is_meant() -> None:
    text = f"<meta charset=iso-8859-1><p>{ENGLISH}"
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize("encoding", ["gb18030", "euc_kr", "shift_jis", "iso2022_jp"])
def test_the_rest_is_guessed(encoding: str) -> None:
    text = {
        "gb18030": "外交部长昨天表示，边界谈判将于下周在首都继续进行。",
        "euc_kr": "외무장관은 어제 국경 협상이 계속될 것이라고 말했다.",
    }.get(encoding, "外相は昨日、国境をめぐる交渉が来週も続けられると述べた。")
    assert decode(text.encode(encoding)) == text


def test_damaged_utf8_loses_only_the_damaged_places() -> None:
    data = (RUSSIAN * 3).encode()
    assert decode(data[:-1] + b"\xff!") == (RUSSIAN * 3)[:-1] + "\ufffd!"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nTalks stall",
        b"PK\x03\x04 a zip",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20,
        b"\x00" * 500,
        bytes(range(256)) * 40,
        b"{\\rtf1\\ansi Talks}",
    ],
)
def test_what_is_no_text_is_binary(data: bytes) -> None:
    assert decode(data) == NotText(binary=True)


def test_letters_of_no_script_are_undecodable() -> None:
    noise = random.Random(1)
    assert decode(bytes(noise.randrange(0x80, 0x100) for _ in range(200))) == NotText(binary=False)


def test_a_stray_control_character_makes_no_binary() -> None:
    assert decode(b"Talks\x00 stall. " + b"The envoy left the capital on Tuesday. " * 5) == (
        "Talks\x00 stall. " + "The envoy left the capital on Tuesday. " * 5
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_are_not(data: bytes) -> None:
    assert isinstance(decode(data), str | NotText)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded == text.removeprefix("\ufeff")
