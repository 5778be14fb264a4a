"""Values that are personal data, by kind: category -> kind -> how a value of a row is drawn."""

from base64 import b64encode
from datetime import date

from benchmarks.second_corpus.drawing import LETTERS, Draw, Row, iban, luhn, plain, weighted_check
from benchmarks.second_corpus.things import THINGS

MOSTLY, SOMETIMES = 0.75, 0.4
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1{0}.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{0} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:1{0}.0) Gecko/20100101 Firefox/1{0}.0",
    "Dalvik/2.1.0 (Linux; U; Android 14; SM-A5{0} Build/UP1A)",
    "okhttp/4.{0}.0",
)
MAIL = ("ziggo.example", "post.example", "kpnmail.example", "web.example", "mail.example.org")


def _initials(row: Row) -> str:
    letters = [row.given[0], *row.chance.sample(LETTERS, row.chance.randrange(3))]
    return "".join(f"{letter.upper()}." for letter in letters)


def _title(row: Row) -> str:
    name = f"{row.particle} {row.family}".strip()
    return f"{row.chance.choice(['Dhr.', 'Mw.', 'dr.', 'Mevr.', ''])} {_initials(row)} {name}".strip()


def _comma(row: Row) -> str:
    return f"{row.family}, {row.chance.choice([row.given, _initials(row)])} {row.particle}".strip()


def _mail(row: Row) -> str:
    given, family = plain(row.given) or "x", plain(row.particle + row.family) or "y"
    local = row.chance.choice(
        [f"{given}.{family}", f"{given[0]}{family}", f"{family}{row.digits(2)}", f"{given}_{family[0]}"]
    )
    return f"{local}@{row.chance.choice(MAIL)}"


def _work_mail(row: Row) -> str:
    return f"{plain(row.given)[:1]}.{plain(row.particle + row.family)}@corp.example"


def _login(row: Row) -> str:
    given, family = plain(row.given) or "x", plain(row.family) or "y"
    return row.chance.choice([f"{given[0]}{family[:7]}", f"{family[:6]}{given[0]}{row.digits(1)}", f"{given}.{family}"])


def _nickname(row: Row) -> str:
    return row.chance.choice(["", "@"]) + row.chance.choice(
        [
            f"{plain(row.given)}{row.digits(2)}",
            f"x_{plain(row.family)}_x",
            f"{plain(row.given)}zelf",
            f"de{plain(row.given)}",
        ]
    )


def _number(row: Row) -> str:
    while True:
        stem = row.digits(9)
        if weighted_check(stem):
            return stem


def _dotted(row: Row) -> str:
    number = _number(row)
    return f"{number[:4]}.{number[4:6]}.{number[6:]}"


def _account(row: Row) -> str:
    bank = row.chance.choice(["RABO", "INGB", "ABNA", "ASNB", "KNAB", "SNSB", "BUNQ"])
    return iban("NL", bank + "0" + row.digits(9))


def _spaced(text: str) -> str:
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def _card(row: Row) -> str:
    prefix = row.chance.choice(["4", "51", "54", "4532"])
    return luhn(prefix + "".join(row.chance.choices("0123456789", k=15 - len(prefix))))


def _house(row: Row) -> str:
    return str(row.chance.randint(1, 340))


def _line(row: Row) -> str:
    addition = row.chance.choice(["", "", "", "", "-2", "a", " bis", "-III", " B"])
    return f"{row.pick('streets')} {_house(row)}{addition}"


def _postcode(row: Row) -> str:
    return row.digits(4) + " " + "".join(row.chance.choices(LETTERS, k=2))


def _born(row: Row) -> date:
    return row.days_ago(365 * 17, 365 * 88)


def _age(row: Row) -> str:
    return str(min(96, max(16, round(row.chance.gauss(44, 16)))))


def _ip(row: Row) -> str:
    return ".".join(
        [
            row.chance.choice(["84", "145", "10", "192", "77", "213"]),
            *(str(row.chance.randrange(1, 255)) for _ in range(3)),
        ]
    )


def _agent(row: Row) -> str:
    return row.chance.choice(AGENTS).format(row.chance.randint(10, 29))


def _base64(row: Row, start: str = "") -> str:
    return start + b64encode(row.chance.randbytes(row.chance.choice([36, 45, 48]))).decode()


def _latitude(row: Row) -> str:
    return f"{row.chance.uniform(50.8, 53.4):.{row.chance.choice([5, 6])}f}"


def _longitude(row: Row) -> str:
    return f"{row.chance.uniform(3.5, 7.1):.{row.chance.choice([5, 6])}f}"


def _said(words: str) -> Draw:
    return lambda row: row.pick(words)


def _uuid(row: Row) -> str:
    return row.shaped("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx")


def _salt(row: Row, length: int) -> str:
    return "".join(row.chance.choices("./ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789", k=length))


PERSONAL: dict[str, dict[str, Draw]] = {
    "name": {
        "given": lambda row: row.given,
        "given_many": lambda row: row.given + row.chance.choice(["", " Maria", " Johannes", ""]),
        "family": lambda row: row.family,
        "particle": lambda row: row.particle,
        "initials": _initials,
        "full": lambda row: row.full,
        "full_upper": lambda row: row.full.upper(),
        "comma": _comma,
        "title_full": _title,
        "family_first_code": lambda row: f"{_comma(row)} ({row.digits(5)})",
        "dn": lambda row: f"CN={row.full},OU=Staff,DC=corp,DC=example",
        "abbreviation": lambda row: (plain(row.family)[:3] + plain(row.given)[:1]).upper(),
        "device_name_person": lambda row: (
            f"{row.given.split()[0]}s-{row.chance.choice(['iPhone', 'MacBook', 'laptop'])}"
        ),
    },
    "email": {
        "email": _mail,
        "email_work": _work_mail,
        "mailto": lambda row: f"mailto:{_mail(row)}",
        "contact_mixed": lambda row: _mail(row) if row.chance.random() < MOSTLY else row.shaped("06-29999999"),
    },
    "username": {
        "uname": _login,
        "uname_upper": lambda row: _login(row).upper(),
        "uname_rare": lambda row: _login(row) if row.chance.random() < SOMETIMES else "-",
        "nickname": _nickname,
        "home_dir": lambda row: f"\\\\files.corp.example\\home$\\{_login(row)}",
    },
    "account_id": {
        "acc6": lambda row: row.digits(6),
        "acc8": lambda row: "00" + row.digits(6),
        "acc10": lambda row: row.digits(10),
        "acc13": lambda row: "2620" + row.digits(9),
        "case": lambda row: f"Z-{row.chance.randint(2022, 2026)}-{row.digits(6)}",
        "accp": lambda row: f"{row.chance.choice('PK')}-{row.digits(5)}",
        "num": lambda row: str(1001 + row.number),
        "uuid": _uuid,
        "sid": lambda row: f"S-1-5-21-1840022371-392301-{row.digits(4)}",
        "crmid": lambda row: "0031x00000" + "".join(row.chance.choices("ABCDEFGHabcdefgh0123456789", k=8)),
        "card_uid": lambda row: row.shaped("04:xx:xx:xx:xx:xx:80", "04xxxxxxxxxx80"),
        "qualtrics": lambda row: "R_" + "".join(row.chance.choices("abcdefghjkABCDEFGHJK123456789", k=15)),
    },
    "password": {
        "bcrypt": lambda row: "$2b$12$" + _salt(row, 53),
        "md5pw": lambda row: row.hexadecimal(32),
        "plainpw": lambda row: (
            row.chance.choice(["Zomer", "welkom", "Qx7!", "Geheim", "P@ss"])
            + row.shaped("99!", "2026", "AA9x#", "9xA9?x")
        ),
        "token": lambda row: (
            row.chance.choice(["sk_live_", "ghp_", "AKIA"]) + _salt(row, 32).replace("/", "x").replace(".", "y")
        ),
        "totp": lambda row: "".join(row.chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=32)),
        "pin": lambda row: row.digits(4, "0123456789"),
        "remark_hint": lambda row: row.chance.choice(
            ["naam van de hond", "geboortejaar moeder", "favoriete club", "eerste auto", "zelfde als thuis"]
        ),
    },
    "phone": {
        "phone_ext": lambda row: row.digits(4),
        "mob": lambda row: row.shaped("06-19999999", "06 39 99 99 99", "0629999999", "06 - 4999 9999"),
        "tel": lambda row: row.shaped("038-4999999", "(070) 3 99 99 99", "0519 - 499999", "010 2999999"),
        "phone": lambda row: row.shaped(
            "0649999999", "+31 6 2999 9999", "033 49 99 999", "0031619999999", "074-2999999"
        ),
        "intl": lambda row: row.shaped("+31629999999", "+32 479 99 99 99", "+49 151 29999999", "+44 7799 999999"),
        "phone_de": lambda row: row.shaped("+49 251 999999", "0221/9999999", "0170 9999999"),
        "phone_be": lambda row: row.shaped("0479 99 99 99", "+32 2 299 99 99", "02/299.99.99"),
        "phone_uk": lambda row: row.shaped("07799 999999", "+44 20 7999 9999", "01632 960999"),
    },
    "address": {
        "street": lambda row: row.pick("streets"),
        "street_de": lambda row: row.pick("streets_de"),
        "hnr": _house,
        "addition": lambda row: row.chance.choice(["A", "b", "2", "bis", "III", "H", "hs"]),
        "line": _line,
        "line_de": lambda row: f"{row.pick('streets_de')} {_house(row)}",
        "line_fr": lambda row: f"{_house(row)}, {row.pick('streets_fr')}",
        "line_full": lambda row: f"{_line(row)}, {_postcode(row)} {row.pick('cities')}",
    },
    "postcode": {
        "pc": _postcode,
        "pc_flat": lambda row: _postcode(row).replace(" ", ""),
        "pc4": lambda row: row.digits(4),
        "pc_de": lambda row: row.digits(5),
        "pc_be": lambda row: row.digits(4),
        "pc_uk": lambda row: row.shaped("A9 9AA", "AA99 9AA", "AA9A 9AA"),
    },
    "city": {
        "city": lambda row: row.pick("cities"),
        "city_de": lambda row: row.pick("cities_de"),
        "city_be": lambda row: row.chance.choice(
            ["Liège", "Namur", "Bruxelles", "Mons", "Charleroi", "Tournai", "Arlon"]
        ),
        "birthplace": lambda row: row.chance.choice(
            [row.pick("cities"), "Paramaribo", "Casablanca", "Ankara", row.pick("cities")]
        ),
    },
    "birth_date": {
        "born": lambda row: row.written(_born(row)),
        "born_year": lambda row: str(_born(row).year),
    },
    "age": {"age": _age},
    "gender": {"mf_fr": lambda row: row.chance.choice(["H", "F", "Homme", "Femme"])},
    "employer": {"company": lambda row: row.pick("companies")},
    "income": {
        "salary": lambda row: f"{row.chance.gauss(3200, 700):.2f}",
        "hourly": lambda row: f"€ {row.chance.gauss(24, 8):.2f}".replace(".", ","),
        "yearly": lambda row: str(round(row.chance.gauss(42000, 12000), -2)).split(".")[0],
    },
    "ip_address": {
        "ip": _ip,
        "ip6": lambda row: row.shaped("2001:db8:xxxx:xxxx::xxxx", "2a02:a4xx:xxxx:1:xxxx:xxxx:xxxx:xxxx"),
    },
    "user_agent": {
        "ua": _agent,
        "mail_client": lambda row: row.chance.choice(
            ["Apple Mail (iPhone)", "Outlook 2021", "Gmail webmail", "Thunderbird/128"]
        ),
    },
    "device_id": {
        "imei": lambda row: luhn("35" + row.digits(12)),
        "ga": lambda row: f"GA1.2.{row.digits(9)}.17{row.digits(8)}",
        "device_uuid": _uuid,
        "aaid": lambda row: _uuid(row).upper(),
        "mac": lambda row: row.shaped("a4:xx:xx:xx:xx:xx", "xx:xx:xx:xx:xx:xx"),
        "push_token": lambda row: (
            _salt(row, 22).replace("/", "_").replace(".", "-")
            + ":APA91b"
            + _salt(row, 60).replace("/", "_").replace(".", "-")
        ),
        "cookie_hex": lambda row: row.hexadecimal(32),
    },
    "url": {
        "url_mail": lambda row: f"https://shop.example/bevestig?email={_mail(row)}&t={row.digits(5)}",
        "url_token": lambda row: f"https://portal.example/account/{row.digits(6)}?session={row.hexadecimal(16)}",
        "url_profile": lambda row: (
            f"https://www.linkedin.com/in/{plain(row.given)}-{plain(row.family)}-{row.hexadecimal(6)}"
        ),
        "request_user": lambda row: (
            row.chance.choice(["/mijn/profiel?user=", "/api/v2/users/", "/bestelling?klant="]) + row.digits(5)
        ),
    },
    "location": {
        "lat": _latitude,
        "lon": _longitude,
        "latlon": lambda row: f"{_latitude(row)}, {_longitude(row)}",
        "point": lambda row: f"POINT ({_longitude(row)} {_latitude(row)})",
    },
    "message_content": {
        "remark": _said("remarks_nl"),
        "remark_en": _said("remarks_en"),
        "subject": _said("subjects"),
        "subject_product": _said("review_titles"),
        "commit_message": _said("commit_messages"),
        "payment_text": _said("payment_texts"),
    },
    "learning_result": {
        "grade": lambda row: f"{min(10, max(1, row.chance.gauss(6.6, 1.4))):.1f}".replace(".", ","),
        "score": lambda row: str(row.chance.randint(0, 40)),
        "percent_score": lambda row: f"{row.chance.randint(20, 100)}%",
        "ects": lambda row: row.chance.choice(["5.0", "2.5", "0.0", "10.0", "7.5"]),
    },
    "learning_activity": {
        "last_seen": lambda row: row.moment().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "moment_used": THINGS["moment"],
        "minutes": lambda row: str(row.chance.randint(1, 95)),
        "duration": lambda row: f"PT{row.chance.randint(1, 59)}M{row.chance.randrange(60)}S",
        "progress": lambda row: str(row.chance.choice([0, 10, 25, 50, 75, 100])),
    },
    "bank_account": {
        "iban": _account,
        "iban_spaced": lambda row: _spaced(_account(row)),
        "iban_de": lambda row: iban("DE", row.digits(18)),
        "old_account": lambda row: row.shaped("99.99.99.999", "9999.99.999", "P9999999"),
    },
    "payment_card": {"pan": _card, "pan_spaced": lambda row: _spaced(_card(row))},
    "invoice": {
        "order": lambda row: row.shaped("1000999999", "WEB-999999"),
        "invoice_nr": lambda row: row.shaped("2026-99999", "VF2609999", "F.2025.9999"),
    },
    "tax_number": {
        "vat": lambda row: row.shaped("NL999999999B01", "NL999999999B99"),
        "vat_de": lambda row: "DE" + row.digits(9),
        "vat_wage": lambda row: row.shaped("999999999L01", "999999999L02"),
        "kvk": lambda row: row.digits(8),
        "tax_assessment": lambda row: row.shaped("9999.99.999.H.56", "9999.99.999.H.66"),
    },
    "bsn": {"bsn": _number, "bsn_dots": _dotted},
    "document_number": {
        "passport": lambda row: row.shaped("NAA99A999", "BAA9A9999"),
        "idcard": lambda row: row.shaped("IAA9A99A9", "SAA99AA99"),
        "driving": lambda row: row.digits(10, "345"),
    },
    "licence_plate": {
        "plate": lambda row: row.shaped("A-999-AA", "99-AAA-9", "AA-999-A", "9-AAA-99"),
        "plate_flat": lambda row: row.shaped("A999AA", "99AAA9", "AA999A", "99AAAA"),
    },
    "photo": {
        "photo_file": lambda row: f"pasfoto_{row.digits(5)}.jpg",
        "photo_url": lambda row: f"https://cdn.example.net/avatars/{row.hexadecimal(10)}.png",
        "photo_b64": lambda row: _base64(row, "/9j/4AAQSkZJRgABAQAAAQABAAD/"),
    },
    "health": {
        "sick_day": lambda row: row.written(row.days_ago(1, 900)),
        "sick_percent": lambda row: row.chance.choice(["100", "50", "25", "75", "0"]),
        "blood_pressure": lambda row: f"{row.chance.randint(105, 175)}/{row.chance.randint(60, 100)}",
        "temperature": lambda row: f"{row.chance.gauss(37.2, 0.6):.1f}".replace(".", ","),
        "weight_person": lambda row: f"{row.chance.gauss(76, 13):.1f}",
        "bmi": lambda row: f"{row.chance.gauss(25.5, 4):.1f}",
        "heart_rate": lambda row: str(row.chance.randint(52, 118)),
        "pain": lambda row: str(row.chance.randint(0, 10)),
        "height": lambda row: str(row.chance.randint(152, 201)),
        "dose": lambda row: row.chance.choice(
            ["1 dd 1", "2x daags 1 tablet", "zo nodig", "3 dd 500 mg", "1x per week"]
        ),
        "atc": lambda row: row.shaped("A99AA99", "N06AA99"),
        "health_flag": lambda row: row.chance.choice(["ja", "nee", "gestopt", "nee", "soms"]),
        "diet_code": lambda row: row.chance.choice(["VGML", "DBML", "GFML", "MOML", "KSML"]),
    },
    "religion": {"day_doop": lambda row: row.written(row.days_ago(3000, 30000))},
    "political_opinion": {
        "leaning_en": lambda row: row.chance.choice(
            ["left", "right", "centre", "centre-left", "far right", "rather not say"]
        )
    },
    "biometric": {
        "fingerprint": _base64,
        "template_hex": lambda row: row.hexadecimal(64),
        "face_vector": lambda row: "[" + ", ".join(f"{row.chance.gauss(0, 0.4):.4f}" for _ in range(8)) + "]",
    },
    "criminal": {
        "offence_traffic": lambda row: row.chance.choice(
            [
                "snelheid 16 km/u te hard",
                "door rood",
                "niet-handsfree bellen",
                "foutparkeren",
                "geen",
                "rijden zonder verlichting",
            ]
        ),
    },
    "language": {"taal_level": lambda row: row.chance.choice(["A1", "A2", "B1", "B2", "C1", "moedertaal"])},
}
