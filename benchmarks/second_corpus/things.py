"""Values that are nobody's: dates, amounts, codes, names of things. Much of it looks like something personal."""

from benchmarks.second_corpus.drawing import Draw, Row, gtin

TREES = ("zomereik", "beuk", "es", "linde", "plataan", "treurwilg", "meidoorn", "esdoorn", "kastanje", "berk")
SPECIES = (
    "Quercus robur",
    "Fagus sylvatica",
    "Salix alba",
    "Tilia cordata",
    "Acer rubrum",
    "Rosa canina",
    "Hedera helix",
)
DOGS = ("labrador", "teckel", "kruising", "beagle", "herder", "golden retriever", "poedel")
HOBBIES = ("tuinieren", "kaarten", "zingen", "wandelen", "lezen", "houtbewerken", "puzzelen")
AUTHORS = ("M. Vermaat", "Hella S. Oort", "J.P. Brandsma", "Kader el Fassi", "Anna Woltjer", "T. Rijnders")
PACKAGES = ("@scope/button", "@types/node", "lodash@4.17.21", "@app/core-utils", "left-pad@1.3.0")


def _moment(row: Row) -> str:
    moment = row.moment()
    forms = {
        "isotime": "%Y-%m-%dT%H:%M:%SZ",
        "clf": "[%d/%b/%Y:%H:%M:%S +0100]",
        "us": "%m/%d/%Y %I:%M %p",
        "sap": "%Y%m%d%H%M%S",
        "dmytime": "%d-%m-%Y %H:%M",
    }
    return moment.strftime(forms.get(row.dates, "%Y-%m-%d %H:%M"))


def _amount(row: Row, mean: float = 120) -> str:
    return f"{row.chance.expovariate(1 / mean):.2f}"


def _dutch(row: Row) -> str:
    whole, cents = f"{row.chance.expovariate(1 / 900):,.2f}".replace(",", ".").rsplit(".", 1)
    return row.chance.choice(["", "€ ", "-"]) + f"{whole},{cents}"


def _between(least: int, most: int) -> Draw:
    return lambda row: str(row.chance.randint(least, most))


def _one_of(*values: str) -> Draw:
    return lambda row: row.chance.choice(values)


def _shaped(*forms: str) -> Draw:
    return lambda row: row.shaped(*forms)


THINGS: dict[str, Draw] = {
    "day": lambda row: row.written(row.days_ago(-200, 1500)),
    "expiry_day": lambda row: row.written(row.days_ago(-3000, -100)),
    "moment": _moment,
    "epoch": lambda row: str(
        int((row.moment() - row.moment().replace(year=1970, month=1, day=1)).total_seconds())
        + row.chance.randrange(86400)
    ),
    "filetime": lambda row: "1334" + row.digits(14),
    "clock": lambda row: f"{row.chance.randint(7, 21):02}:{row.chance.choice(['00', '15', '30', '45'])}",
    "year": _between(1965, 2026),
    "expiry": lambda row: f"{row.chance.randint(1, 12):02}/{row.chance.randint(26, 31)}",
    "amount": _amount,
    "amount_nl": _dutch,
    "count": _between(0, 40),
    "count_big": _between(20, 9000),
    "count_huge": _between(10_000, 90_000_000),
    "negative": lambda row: str(-row.chance.randint(30, 90)),
    "km": _between(10, 240_000),
    "percent": lambda row: f"{row.chance.uniform(0, 100):.1f}%",
    "ratio": lambda row: f"{row.chance.random():.3f}",
    "ratio_big": lambda row: f"{row.chance.uniform(0, 60):.2f}",
    "num_thing": lambda row: str(50_001 + row.number),
    "constant": lambda _: "800",
    "code": _shaped("AA-9999", "A99.99", "AAA999"),
    "code_case": lambda row: f"Z-{row.chance.randint(2022, 2026)}-{row.digits(6)}",
    "code_num": lambda row: row.digits(4),
    "code_long": lambda row: row.digits(14),
    "artnr": _shaped("99999", "AB-99999", "99.9999.9"),
    "asset_code": _shaped("AST-99999", "NB-9999", "CAM-99"),
    "serial": _shaped("AA9999A9AA", "SN99999999", "9A99AA9A"),
    "ean": lambda row: gtin("87" + row.digits(10)),
    "ean18": lambda row: gtin("8716" + row.digits(13)),
    "isbn": lambda row: gtin("97890" + row.digits(7)),
    "issn": _shaped("9999-999X", "9999-9999"),
    "doi": lambda row: f"10.{row.digits(4)}/jrn.{row.digits(5)}",
    "parcel": _shaped("3SABC999999999", "JVGL99999999999999"),
    "psp_ref": lambda row: "".join(row.chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=6)),
    "flight": _shaped("KL9999", "HV999", "TK19999"),
    "doc_ref": _shaped("IF26-9999", "2026/999", "PO99999", "D.9999"),
    "version": _shaped("1.9.9", "2.99.0", "v3.9"),
    "version4": _shaped("1.2.9.99", "10.0.19999.9", "6.3.99.9"),
    "sha1": lambda row: row.hexadecimal(40),
    "sha1_short": lambda row: row.hexadecimal(8),
    "sha256_file": lambda row: row.hexadecimal(64),
    "hex8": lambda row: row.hexadecimal(8),
    "hex32": lambda row: row.hexadecimal(32),
    "hex32_none": lambda row: row.hexadecimal(32),
    "uuid_thing": _shaped("xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx"),
    "rack": _shaped("A-99-A", "R9-99", "99A"),
    "pin_none": lambda row: row.digits(4),
    "port": _between(1024, 65535),
    "uac": _one_of("512", "514", "66048", "544"),
    "hostname": _shaped("NLWS-9999", "srv-app-99", "LT-A99999"),
    "hostname_dns": _shaped("nlws-9999.corp.example", "web99.dc1.corp.example"),
    "ip_masked": lambda row: f"84.{row.chance.randint(20, 250)}.0.0",
    "url_plain": lambda row: (
        row.chance.choice(
            ["https://www.example.org/producten/", "https://shop.example/c/", "http://docs.example/pagina-"]
        )
        + row.digits(3)
    ),
    "slug": _one_of(
        "kantoor-artikelen", "feature/export-csv", "gast-wifi", "main", "tuin-en-buiten", "release-2026-10"
    ),
    "path_file": lambda row: f"/var/lib/app/data/{row.hexadecimal(6)}.bin",
    "path_page": _one_of("/", "/contact", "/producten/stoelen", "/blog/tips", "/winkelwagen"),
    "path_audio": lambda row: f"rec/{row.chance.randint(2024, 2026)}/{row.digits(7)}.wav",
    "path_video": lambda row: f"cam{row.digits(2)}/clip_{row.digits(6)}.mp4",
    "image_file": lambda row: f"img_{row.digits(5)}.jpg",
    "pdf_file": lambda row: f"scan-{row.digits(6)}.pdf",
    "dims": lambda row: "x".join(str(row.chance.randint(4, 120)) for _ in range(3)) + " cm",
    "steel": _one_of("S235JR", "RVS 304", "NEN 3140", "EN 10025", "AISI 316L"),
    "tree": _one_of(*TREES),
    "species": _one_of(*SPECIES),
    "dog_breed": _one_of(*DOGS),
    "hobby": _one_of(*HOBBIES),
    "author": _one_of(*AUTHORS),
    "language_book": _one_of("Nederlands", "Engels", "Frans", "Duits"),
    "rd_x": lambda row: f"{row.chance.uniform(90_000, 250_000):.1f}",
    "rd_y": lambda row: f"{row.chance.uniform(380_000, 590_000):.1f}",
    "lat_none": lambda row: f"{row.chance.uniform(51.9, 52.1):.5f}",
    "lon_none": lambda row: f"{row.chance.uniform(5.0, 5.2):.5f}",
    "road_number": _shaped("N999", "A99", "S1999"),
    "return_reason": _one_of("te klein", "niet zoals verwacht", "beschadigd", "verkeerd geleverd", "dubbel besteld"),
    "masked_card": lambda row: "**** **** **** " + row.digits(4),
    "contact_relation": _one_of("partner", "dochter", "zoon", "buurvrouw", "mentor"),
    "af_bij": _one_of("Af", "Bij"),
    "in_out": _one_of("IN", "UIT"),
    "device_kind": _one_of("desktop", "mobile", "tablet"),
    "fraction": _one_of("Fractie Samen", "Lokaal Belang", "Fractie Vooruit", "Stadspartij"),
    "vote_result": _one_of("aangenomen", "verworpen", "ingetrokken", "aangehouden"),
    "section": _shaped("9.9", "9.99.9", "9.9.9.9"),
    "pages": lambda row: f"{row.chance.randint(1, 60)}-{row.chance.randint(61, 99)}",
    "licence_name": _one_of("CC BY 4.0", "MIT", "CC0", "alle rechten voorbehouden"),
    "git_remote": _one_of("git@host.example:team/app.git", "https://git.example/ops/infra.git"),
    "docker_image": _one_of("registry.example/app:1.4.2", "python:3.13-slim", "node:22"),
    "npm_package": _one_of(*PACKAGES),
    "result_ci": _one_of("success", "failed", "canceled", "skipped"),
    "product_text": lambda row: row.pick("product_texts"),
    "company_none": lambda row: row.pick("companies"),
}
