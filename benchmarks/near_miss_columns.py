"""Kinds of columns that hold nothing personal and look as if they did: kind -> (fair header, misleading header, draw).

Written from general knowledge of exports, not from igmap's lists. A misleading header is one that real exports have
over such values (`naam` over products, `nummer` over anything), or one word off.
"""

from hashlib import sha1

from benchmarks.second_corpus.drawing import LETTERS, Draw, Row, gtin, luhn, weighted_check

Column = tuple[str, str, Draw]


def _of(*forms: str) -> Draw:
    return lambda row: row.shaped(*forms)


def _one(*values: str) -> Draw:
    return lambda row: row.chance.choice(values)


def _two(first: str, second: str, between: str = " ") -> Draw:
    """Every combination of two lists of words, so that the column has many distinct values."""
    left, right = first.split("|"), second.split("|")
    return lambda row: row.chance.choice(left) + between + row.chance.choice(right)


def _upto(most: int, least: int = 0) -> Draw:
    return lambda row: str(row.chance.randint(least, most))


def _time(form: str) -> Draw:
    return lambda row: row.moment().strftime(form)


def _eleven(row: Row) -> str:
    while True:
        if weighted_check(stem := row.digits(9)):
            return stem


def _sequential(first: int, step: int = 1) -> Draw:
    return lambda row: str(first + step * row.number)


def _not_luhn(row: Row) -> str:
    while True:
        number = row.digits(16, "45")
        if luhn(number[:-1]) != number:
            return number


def _coordinate(row: Row) -> str:
    return f"{row.chance.uniform(0, 60):.5f}"


def _epoch(times: int) -> Draw:
    return lambda row: str((1_600_000_000 + row.chance.randrange(170_000_000)) * times)


def _commit(row: Row) -> str:
    return sha1(row.digits(12).encode(), usedforsecurity=False).hexdigest()


NUMBERS: dict[str, Column] = {
    "order_nine_eleven": ("ordernummer", "klantordernummer", _eleven),
    "order_nine": ("bestelnummer", "nummer", lambda row: row.digits(9)),
    "order_sequential": ("order", "klant order", _sequential(410_000_000)),
    "order_dotted": ("ordernr", "registratienummer", _of("9999.99.999")),
    "order_spaced": ("order no", "nummer klant", _of("999 999 999")),
    "order_prefix": ("ordercode", "persoonlijke code", _of("ORD-999999999", "SO999999999")),
    "order_float": ("ordernr", "nr", lambda row: f"{_eleven(row)}.0"),
    "order_zero": ("ordernr", "id-nummer", lambda row: "0" + row.digits(8)),
    "invoice_year": ("factuur", "kenmerk", _of("2026-99999", "2025/9999")),
    "invoice_ten": ("factuurnr", "debiteurfactuur", _of("2026999999")),
    "invoice_phone_like": ("factuur no.", "contactnummer factuur", _of("06-99999999")),
    "article_phone_like": ("artikelnr", "bestelnummer telefoon", _of("0619999999", "0299999999")),
    "article_international": ("artikel", "nummer intern", _of("+31.999.999", "0031-9999")),
    "part_dashes": ("onderdeel", "tel.onderdeel", _of("020-4999999", "030-9999999")),
    "spec_spaced": ("specificatie", "nummers", _of("06 12 99 99 99")),
    "eight_digits": ("referentie", "registratie", lambda row: row.digits(8)),
    "eight_digits_serial": ("serie", "handelsnummer", _sequential(30_000_000, 17)),
    "ten_digits": ("code", "pasnummer artikel", lambda row: row.digits(10)),
    "twelve_digits": ("upc", "rekening artikel", lambda row: row.digits(12)),
    "sixteen_not_luhn": ("transactie", "kaartref", _not_luhn),
    "sixteen_spaced_not_luhn": (
        "batch",
        "kaart",
        lambda row: " ".join(_not_luhn(row)[i : i + 4] for i in (0, 4, 8, 12)),
    ),
    "fifteen_digits": ("meterstand_id", "toestel", lambda row: row.digits(15, "9")),
    "ean13": ("ean", "nummer product", lambda row: gtin("87" + row.digits(10))),
    "ean8": ("ean8", "code persoonlijk", lambda row: gtin(row.digits(7))),
    "isbn13": ("isbn", "boeknummer lener", lambda row: gtin("9789" + row.digits(8))),
    "isbn_dashes": ("ISBN", "contact isbn", _of("978-90-9999-999-9")),
    "gtin14": ("gtin", "verzendnummer", lambda row: gtin("187" + row.digits(10))),
    "sscc": ("sscc", "rekening pallet", lambda row: gtin("00" + row.digits(15))),
    "postal_like_parts": ("onderdeelcode", "pc", _of("9999AA")),
    "postal_like_spaced": ("modelcode", "postvak", _of("9999 AA")),
    "four_digits": ("jaarcode", "wijk", lambda row: row.digits(4)),
    "five_digits": ("grootboekcode", "zip bestand", lambda row: row.digits(5)),
    "iban_like": ("contract", "rekeningschema", _of("NL99PROD9999999", "NL99CONT99999999")),
    "vat_like": ("artikelgroep", "btw-groep", _of("NL99999B01", "EU999999B2")),
    "passport_like": ("partij", "documentversie", _of("NX9999999", "AA9999999")),
    "plate_rack": ("stelling", "plaat", _of("AB-12-CD", "AA-99-AA")),
    "plate_model": ("productcode", "kenteken product", _of("99-AA-99", "AA-999-A")),
    "plate_bolt": ("maatcode", "voertuigonderdeel", _of("9-AAA-99", "A-999-AA")),
    "bsn_in_batch": ("chargenummer", "zorgartikel", _eleven),
    "small_counts": ("aantal", "leeftijd machine", _upto(90, 18)),
    "year": ("bouwjaar", "jaar", _upto(2026, 1940)),
    "house_like": ("regelnummer", "huisstijl", _upto(300, 1)),
    "score": ("slijtage", "beoordeling machine", _upto(10)),
    "percent": ("bezetting", "aandeel", lambda row: f"{row.chance.uniform(0, 100):.1f}%"),
    "money": ("bedrag", "loonwerk", lambda row: f"{row.chance.expovariate(0.002):.2f}"),
    "money_symbol": (
        "prijs",
        "inkomensten",
        lambda row: f"€ {row.chance.randint(1, 999)},{row.chance.randint(10, 99)}",
    ),
    "negative": ("mutatie", "saldo", lambda row: str(-row.chance.randint(1, 9999))),
    "scientific": ("meting", "waarde", lambda row: f"{row.chance.uniform(1, 9.99):.2f}E+0{row.chance.randint(2, 8)}"),
    "weight": ("gewicht", "lichaam (kg)", lambda row: f"{row.chance.uniform(1, 90):.1f} kg"),
    "dimensions": ("afmeting", "scherm", lambda row: f"{row.chance.randint(20, 240)}x{row.chance.randint(20, 240)}"),
}
TIMES: dict[str, Column] = {
    "iso_moment": ("aangemaakt", "datum", _time("%Y-%m-%dT%H:%M:%SZ")),
    "iso_offset": ("created", "date", _time("%Y-%m-%dT%H:%M:%S+02:00")),
    "dutch_moment": ("tijdstip", "dag", _time("%d-%m-%Y %H:%M")),
    "dutch_day": ("leverdatum", "geleverd op", _time("%d-%m-%Y")),
    "us_day": ("shipped", "date of delivery", _time("%m/%d/%Y")),
    "compact_day": ("boekdatum", "dat", _time("%Y%m%d")),
    "compact_moment": ("stempel", "nummer", _time("%Y%m%d%H%M%S")),
    "two_digit_year": ("verval", "gebruikt", _time("%d/%m/%y")),
    "clock": ("begin", "tijd persoon", _time("%H:%M")),
    "duration": ("duur", "leertijd machine", lambda row: f"{row.chance.randrange(9)}u {row.chance.randrange(60)}m"),
    "epoch": ("ts", "id", _epoch(1)),
    "epoch_ms": ("ts_ms", "nummer", _epoch(1000)),
    "epoch_us": ("ts_us", "key", _epoch(1_000_000)),
    "filetime": ("ticks", "account ticks", lambda row: "1334" + row.digits(14)),
    "excel_serial": ("datumserie", "nr", _upto(46_200, 43_000)),
    "julian": ("dagnr", "code", _of("2026199", "2025299")),
    "week": ("week", "periode", _time("%G-W%V")),
    "quarter": ("kwartaal", "groep", lambda row: f"Q{row.chance.randint(1, 4)}-{row.chance.randint(2015, 2026)}"),
    "old_year_dates": ("in gebruik sinds", "gebouwd op", lambda row: row.written(row.days_ago(9000, 30000))),
    "month_year": ("maand", "april", _time("%B %Y")),
    "apache": ("tijd", "bezoek", _time("[%d/%b/%Y:%H:%M:%S +0100]")),
    "rfc_mail": ("verzonden", "mail verzonden", _time("%a, %d %b %Y %H:%M:%S +0000")),
}
CODES: dict[str, Column] = {
    "version4": ("versie", "adres versie", _of("1.2.3.9", "1.9.99.9", "2.9.9.99")),
    "version3": ("release", "client", _of("9.9.9", "v1.99.9")),
    "ip_like_section": ("paragraaf", "ip", _of("1.2.9.9", "3.9.1.9", "4.9.9.9")),
    "section": ("hoofdstuk", "nummer", _of("9.9", "9.9.9", "1.99")),
    "build": ("build", "ip build", _of("10.0.19999.99", "10.0.2999.9")),
    "oid": ("oid", "adres oid", _of("2.16.840.1.9", "1.3.6.1.4.1.9999")),
    "mac_like": ("kleurcode", "adres kleur", _of("xx:xx:xx", "xx-xx-xx")),
    "hash_colon": ("vingerafdruk certificaat", "fingerprint", _of("xx:xx:xx:xx:xx:xx:xx:xx:xx:xx")),
    "commit": ("commit", "auteur commit", _commit),
    "commit_short": ("sha", "wachtwoordbeleid sha", lambda row: _commit(row)[:7]),
    "md5_file": ("md5", "hash bestand", lambda row: row.hexadecimal(32)),
    "sha256_file": ("checksum", "token bestand", lambda row: row.hexadecimal(64)),
    "guid_thing": ("object_guid", "id", _of("xxxxxxxx-xxxx-4xxx-9xxx-xxxxxxxxxxxx")),
    "guid_braces": ("componentGuid", "gebruikt component", _of("{xxxxxxxx-xxxx-4xxx-9xxx-xxxxxxxxxxxx}")),
    "hex_colour": ("kleur", "kleur ogen icoon", _of("#xxxxxx")),
    "base64_short": ("etag", "sessie etag", lambda row: f'W/"{row.hexadecimal(12)}"'),
    "serial": ("serienummer", "toestelnummer", _of("SN9999AA99", "AA99A9999")),
    "course_code": ("cursuscode", "persoonscode", _of("AA101", "AAA-999", "AA.99.9")),
    "room": ("lokaal", "adres lokaal", _of("A1.99", "B0.99", "C-999")),
    "building_room": ("ruimte", "woonruimte", _of("Gebouw A kamer 99", "Gebouw B kamer 9")),
    "cost_centre": ("kostenplaats", "plaats", _of("K9999", "99-999")),
    "sku": ("sku", "klant sku", _of("AAA-99-AA", "9999-AA-9")),
    "seat": ("stoel", "zit", _of("99A", "9C", "R99-S9")),
    "dewey": ("plaatsingscode", "plaats", _of("999.99 AAA", "99.9 AAA")),
    "atc_code": ("artikelklasse", "diagnosecodeboek", _of("A99AA99")),
    "icd_like_bolt": ("boutmaat", "code", _of("M99.9", "M9.9")),
    "blood_like_battery": ("batterij", "type", _one("AA", "AAA", "9V", "A+", "B-", "C", "D")),
    "steel": (
        "materiaal",
        "kwaliteit persoon",
        _one("S235JR", "S355J2", "1.4301", "AISI 316L", "EN AW-6060", "C45", "42CrMo4"),
    ),
    "norm": ("norm", "wet", _one("NEN 1010", "NEN-EN 13501-1", "ISO 9001:2015", "DIN 933", "EN 60204-1", "NEN 3140")),
    "unit": ("eenheid", "man", _one("stuk", "doos", "m2", "mandag", "manuur", "kg", "rol")),
    "licence": ("licentie", "rijbewijs software", _one("MIT", "GPL-3.0", "Apache-2.0", "BSD-3-Clause", "CC0-1.0")),
    "http": ("status", "leeftijd cache", _one("200", "301", "404", "500", "503")),
    "mime": ("type", "foto type", _one("image/jpeg", "image/png", "application/pdf", "text/html")),
    "npm": ("pakket", "e-mail pakket", _two("@scope|@types|@babel|@vue|@angular", "core|node|button|cli|router", "/")),
    "npm_version": (
        "dependency",
        "mail module",
        _two("lodash|react|express|chalk|left-pad", "4.17.21|18.2.0|5.0.1|1.3.0", "@"),
    ),
    "git_remote": (
        "remote",
        "gebruiker",
        _two(
            "git@host.example:team/app|git@code.example:ops/infra|deploy@10.0.0.5:/srv/app",
            ".git|-old.git|-docs.git",
            "",
        ),
    ),
    "css": ("regel", "mail stijl", _two("@media|@import|@supports|@keyframes", "screen|print|(hover)|url(a.css)|spin")),
    "decorator": (
        "annotatie",
        "naam annotatie",
        _two("@Override|@Test|@Entity|@dataclass|@property", "public|final|static|async"),
    ),
    "docker": (
        "image",
        "foto image",
        _two("registry.example/app|python|node|redis", "1.4.2|3.13-slim|22|sha-ab12cd", ":"),
    ),
    "path": ("pad", "homepad", lambda row: f"/srv/data/{row.hexadecimal(4)}/part-{row.digits(5)}.parquet"),
    "window_path": (
        "map",
        "gebruikersmap",
        _two("C:\\Program Files|D:\\Data|\\\\server\\share", "Logs|Backup|Export|Drivers", "\\"),
    ),
    "url_page": ("pagina", "website", lambda row: f"https://www.example.org/producten/{row.digits(4)}"),
    "query_plain": ("link", "url", lambda row: f"https://shop.example/zoek?q=stoel&pagina={row.digits(2)}"),
    "image_product": ("afbeelding", "foto", lambda row: f"product_{row.digits(6)}.jpg"),
    "hostname": ("host", "computernaam", _of("srv-web-99", "db99.dc.example")),
    "domain": ("domein", "mail domein", _two("shop|portal|www|cdn", "example.org|example.net|example.com", ".")),
    "wildcards": ("masker", "wachtwoordmasker", _of("***99", "xxx-***-9")),
    "sort_keys": ("sortering", "rang", lambda row: "".join(row.chance.choices(LETTERS, k=3)).lower()),
    "coordinates_like": ("meetwaarde", "lat.", _coordinate),
    "decimals_pair": ("spanning", "positie", lambda row: f"{_coordinate(row)}; {_coordinate(row)}"),
    "chess": ("zet", "plaats", _one("e4", "Nf3", "O-O", "Bb5", "d5", "Qxf7", "Rad1")),
    "vector": ("gewichten", "kenmerken", lambda row: f"[{row.chance.random():.3f}, {row.chance.random():.3f}]"),
    "json_flags": ("instellingen", "persoonlijke instellingen", lambda row: f'{{"a": {row.digits(1)}, "b": true}}'),
}
NAMES_OF_THINGS: dict[str, Column] = {
    "furniture_given_names": (
        "product",
        "naam",
        _two(
            "Billy|Malm|Karl|Ingo|Stefan|Lisabo|Norden|Ivar|Hemnes|Klippan", "boekenkast|kast|stoel|tafel|bank|lade wit"
        ),
    ),
    "furniture_bare": (
        "model",
        "naam",
        _one("Billy", "Malm", "Stefan", "Ivar", "Hemnes", "Klippan", "Poäng", "Kallax", "Lack", "Besta"),
    ),
    "cars": (
        "automodel",
        "naam auto",
        _two("Mercedes|Renault|Skoda|Alfa Romeo|Lotus|Citroën", "Vito|Clio|Octavia|Giulia|Elise|Berlingo|Zoe"),
    ),
    "dishes": (
        "gerecht",
        "naam",
        _two("Caesar|Waldorf|Margherita|Stroganoff|Suzette|Wellington", "salade|pizza|schotel|crêpe|menu"),
    ),
    "roses": (
        "rassen",
        "achternaam ras",
        _one(
            "Peace",
            "Queen Elizabeth",
            "Gertrude Jekyll",
            "Mister Lincoln",
            "Leonardo da Vinci",
            "Abraham Darby",
            "Graham Thomas",
        ),
    ),
    "apples": (
        "appelras",
        "naam",
        _one("Elstar", "Jonagold", "Granny Smith", "Goudreinet", "Fuji", "Pink Lady", "Belle de Boskoop", "Santana"),
    ),
    "storms": ("storm", "naam storm", _one("Eunice", "Corrie", "Poly", "Franklin", "Ciara", "Dennis", "Louis", "Pia")),
    "ships": ("schip", "naam", _two("Maria|Anna|Prins Willem|Johanna|Catharina|Willem", "I|II|III|IV")),
    "street_courses": (
        "training",
        "adres training",
        _two(
            "Werken in de Zorg|Rekenen in de Klas|Leren op de Weg|Gids voor het Plein|Starten in de Straatmakerij",
            "1|2|3|4|12",
        ),
    ),
    "lane_of_learning": (
        "leerlijn",
        "adres",
        _two("Laan van Leren|Weg naar Werk|Pad van Groei|Plein der Talen|Route Rekenen", "12|3|4|27|101"),
    ),
    "course_levels": (
        "cursus",
        "opleiding",
        _two("Excel|Word|EHBO|Heftruck|Python|Boekhouden", "basis|gevorderd|herhaling|deel 2|online"),
    ),
    "companies": (
        "leverancier",
        "naam",
        _two(
            "Bouwbedrijf|Bakkerij|Garage|Drukkerij|Installatiebureau",
            "Hendriks B.V.|De Molen|Noord VOF|Jansen & Zn.|Van Dam BV",
        ),
    ),
    "companies_en": (
        "vendor",
        "name",
        _two("Johnson|Miller|Taylor|Smith|Baker", "& Sons Ltd|Industries Inc.|Holdings plc|Logistics LLC"),
    ),
    "brands_persons": (
        "merk",
        "naam",
        _one(
            "Calvin Klein",
            "Tommy Hilfiger",
            "Ralph Lauren",
            "Hugo Boss",
            "Michael Kors",
            "Paul Smith",
            "Stella McCartney",
        ),
    ),
    "departments": (
        "afdeling",
        "naam afdeling",
        _one("Inkoop", "Verkoop Binnendienst", "HRM", "ICT Beheer", "Logistiek", "Marketing", "Financiën"),
    ),
    "cities_branch": (
        "filiaal",
        "vestiging",
        _one("Utrecht", "Breda", "Assen", "Zwolle", "Best", "Goes", "Almelo", "Tiel"),
    ),
    "branches": ("winkel", "naam", _two("Utrecht|Breda|Assen|Zwolle|Almelo", "Centrum|Noord|Station|Outlet")),
    "months": ("maand", "naam", _one("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus")),
    "months_en": ("month", "name", _one("April", "May", "June", "August", "January", "March")),
    "weekdays": ("dag", "naam", _one("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag")),
    "colours": (
        "kleur",
        "naam",
        _one("rood", "wit", "zwart", "bruin", "groen", "roze", "olijf", "Amber", "Jade", "Violet"),
    ),
    "species_nl": (
        "soort",
        "naam",
        _one("merel", "koolmees", "ekster", "roodborst", "vink", "zwaan", "spreeuw", "valk"),
    ),
    "species_latin": (
        "taxon",
        "naam",
        _two("Quercus|Salix|Rosa|Acer|Tilia|Viola", "robur|alba|canina|rubrum|cordata|tricolor"),
    ),
    "gems_flowers": (
        "collectie",
        "naam",
        _one("Iris", "Jasmijn", "Roos", "Saffier", "Ruby", "Daisy", "Linde", "Olivia"),
    ),
    "currencies": ("valuta", "naam", _one("EUR", "USD", "GBP", "Noorse kroon", "Zloty", "Lira")),
    "countries": (
        "land van levering",
        "land",
        _one("Nederland", "België", "Duitsland", "Frankrijk", "Polen", "Turkije"),
    ),
    "country_codes": ("land", "nat", _one("NL", "BE", "DE", "FR", "PL", "TR")),
    "languages_book": ("taal boek", "taal", _one("Nederlands", "Engels", "Frans", "Duits", "Spaans")),
    "school_types": ("onderwijssoort", "niveau", _one("havo", "vwo", "mbo", "hbo", "vmbo-t")),
    "authors_streets": ("wegvak", "naam weg", _two("N|A|S|E", "99|12|303|201|44", "")),
    "theatre": (
        "voorstelling",
        "naam",
        _one("Hamlet", "Romeo en Julia", "Evita", "Annie", "Peter Pan", "Carmen", "Mary Poppins"),
    ),
    "rooms_persons": (
        "zaal",
        "naam",
        _two("Rembrandt|Vermeer|Einstein|Curie|Spinoza|Aletta Jacobs", "zaal|kamer|foyer"),
    ),
    "schools_persons": (
        "school",
        "naam",
        _two("Johan de Witt|Erasmus|Titus Brandsma|Maria Montessori|Prins Bernhard", "College|Lyceum|school|Academie"),
    ),
    "projects": ("project", "naam", _two("Atlas|Phoenix|Athena|Victor|Oscar|Juliet|Romeo", "fase 1|fase 2|pilot|2026")),
    "servers_names": ("server", "naam", _one("hermes", "zeus", "athena", "apollo", "diana", "freya", "thor", "odin")),
    "tags": ("label", "rol", _one("nieuw", "vip", "actie", "concept", "beheer", "archief")),
    "statuses": (
        "status",
        "burgerlijke stand proces",
        _one("actief", "gesloten", "in behandeling", "nieuw", "geannuleerd"),
    ),
    "answers": ("akkoord", "lid", _one("ja", "nee", "onbekend")),
    "letters": ("klasse", "m/v machine", _one("M", "V", "X", "L", "S")),
    "shirt": ("maat", "geslacht maat", _one("S", "M", "L", "XL", "XXL")),
    "jobs_vacancy": (
        "vacature",
        "functie vacature",
        _one("monteur", "kok", "docent", "planner", "chauffeur", "jurist"),
    ),
    "parties_fraction": ("vergaderstuk", "partij goederen", _one("partij 12", "partij 14", "partij 9", "partij 3")),
    "health_products": (
        "productgroep",
        "zorgproduct",
        _one("pleister", "verband", "rollator", "bril", "hoortoestel", "krukken"),
    ),
    "holidays": (
        "feestdag",
        "vrije dag",
        _one("Kerst", "Pasen", "Pinksteren", "Koningsdag", "Suikerfeest", "Hemelvaart"),
    ),
    "law_articles": ("artikel", "overtreding artikel", _two("art. 5|art. 6|art. 10|art. 13", "AVG|BW|Sr|Awb")),
    "book_titles": (
        "titel",
        "naam",
        _two("De tuin van|Het huis van|Brieven aan|Reis naar", "Anna|de zee|het noorden|Jacob|morgen"),
    ),
    "songs": ("nummer", "naam", _two("Ode aan|Hallo|Dag|Lied voor", "Suzanne|Brabant|Jantje|de zon")),
    "product_text": ("omschrijving", "opmerking product", lambda row: row.pick("product_texts")),
    "instructions": (
        "instructie",
        "toelichting",
        _two(
            "Draai de schroef|Plaats de batterij|Sluit het deksel|Reinig het filter",
            "met de klok mee vast.|voor het eerste gebruik.|na elke werkdag.|en wacht tien minuten.",
        ),
    ),
    "terms": (
        "voorwaarde",
        "tekst",
        _two(
            "Levering binnen|Retour mogelijk tot|Garantie van",
            "vijf werkdagen na betaling.|dertig dagen na ontvangst.|twee jaar op alle onderdelen.",
        ),
    ),
    "log_lines": (
        "regel",
        "bericht",
        _two(
            "service restarted on node|disk usage above limit on|backup finished for volume",
            "alpha-1 after 12 s|db-02 after 340 ms|cache-7 in 4 min",
        ),
    ),
    "sql": (
        "query",
        "tekst query",
        _two("SELECT id FROM orders WHERE|UPDATE stock SET n = 0 WHERE", "status = 'open'|price > 100|sku IS NULL"),
    ),
    "lorem": (
        "tekst",
        "verslag",
        _two(
            "Lorem ipsum dolor sit amet|Consectetur adipiscing elit|Sed do eiusmod tempor",
            "incididunt ut labore|magna aliqua ut enim|quis nostrud exercitation",
        ),
    ),
    "initials_codes": ("code", "voorletter", _of("A.9.", "B.9.", "A.A.")),
    "measure_text": ("meetpunt", "adres meetpunt", _two("Meetpunt|Put|Peilbuis|Mast|Paal", "12|14a|7|103|88b")),
    "pallet_place": ("locatie", "adres locatie", _two("Gang|Rij|Vak|Hal", "12|3|27|8", " ")),
    "menu_items": ("menu", "familie", _two("Familiepizza|Kindermenu|Seniorenmenu|Vaderdagbox", "groot|klein|extra")),
}
COLUMNS: dict[str, Column] = NUMBERS | TIMES | CODES | NAMES_OF_THINGS
