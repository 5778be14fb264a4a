"""Dutch towns with their own postcode numbers, area codes and streets."""

from dataclasses import dataclass
from random import Random

POSTCODE_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
NEVER_USED_LETTERS = ("SA", "SD", "SS")
STREETS = (
    "Dorpsstraat", "Kerkstraat", "Molenweg", "Stationsstraat", "Schoolstraat", "Beatrixlaan", "Wilhelminastraat",
    "Eikenlaan", "Lindenlaan", "Julianastraat", "Nieuwstraat", "Parallelweg", "Beukenhof", "Van Goghlaan",
    "Rembrandtstraat", "Industrieweg", "Raadhuisplein", "Prins Bernhardstraat", "Korenbloemstraat", "Zuiderkade",
    "Burgemeester de Vlugtlaan", "Vijverhof", "Marktplein", "Havenstraat", "Doctor Schaepmanlaan", "Meidoornstraat",
    "Plein 1944", "Waterkersstraat",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Town:
    """A town: province, first and last postcode number, area code, weight."""

    name: str
    province: str
    first: int
    last: int
    area_code: str
    weight: int


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives."""

    street: str
    house_number: str
    postcode: str
    town: Town


TOWNS = (
    Town("Amsterdam", "Noord-Holland", 1011, 1109, "020", 17),
    Town("Haarlem", "Noord-Holland", 2011, 2037, "023", 5),
    Town("Alkmaar", "Noord-Holland", 1811, 1827, "072", 3),
    Town("Hilversum", "Noord-Holland", 1211, 1223, "035", 3),
    Town("Zaandam", "Noord-Holland", 1501, 1509, "075", 3),
    Town("Rotterdam", "Zuid-Holland", 3011, 3089, "010", 13),
    Town("Den Haag", "Zuid-Holland", 2511, 2597, "070", 11),
    Town("Leiden", "Zuid-Holland", 2311, 2334, "071", 4),
    Town("Delft", "Zuid-Holland", 2611, 2629, "015", 3),
    Town("Dordrecht", "Zuid-Holland", 3311, 3329, "078", 4),
    Town("Gouda", "Zuid-Holland", 2801, 2809, "0182", 2),
    Town("Utrecht", "Utrecht", 3511, 3585, "030", 9),
    Town("Amersfoort", "Utrecht", 3811, 3829, "033", 4),
    Town("Nieuwegein", "Utrecht", 3431, 3439, "030", 2),
    Town("Eindhoven", "Noord-Brabant", 5611, 5658, "040", 8),
    Town("Tilburg", "Noord-Brabant", 5011, 5049, "013", 14),
    Town("Breda", "Noord-Brabant", 4811, 4839, "076", 6),
    Town("'s-Hertogenbosch", "Noord-Brabant", 5211, 5249, "073", 5),
    Town("Waalwijk", "Noord-Brabant", 5141, 5146, "0416", 2),
    Town("Oss", "Noord-Brabant", 5341, 5349, "0412", 2),
    Town("Maastricht", "Limburg", 6211, 6229, "043", 4),
    Town("Venlo", "Limburg", 5911, 5928, "077", 3),
    Town("Heerlen", "Limburg", 6411, 6422, "045", 3),
    Town("Nijmegen", "Gelderland", 6511, 6546, "024", 5),
    Town("Arnhem", "Gelderland", 6811, 6846, "026", 5),
    Town("Apeldoorn", "Gelderland", 7311, 7339, "055", 4),
    Town("Ede", "Gelderland", 6711, 6718, "0318", 2),
    Town("Enschede", "Overijssel", 7511, 7548, "053", 4),
    Town("Zwolle", "Overijssel", 8011, 8043, "038", 4),
    Town("Deventer", "Overijssel", 7411, 7429, "0570", 2),
    Town("Groningen", "Groningen", 9711, 9747, "050", 5),
    Town("Leeuwarden", "Friesland", 8911, 8941, "058", 3),
    Town("Drachten", "Friesland", 9201, 9207, "0512", 1),
    Town("Assen", "Drenthe", 9401, 9408, "0592", 2),
    Town("Emmen", "Drenthe", 7811, 7828, "0591", 2),
    Town("Almere", "Flevoland", 1311, 1363, "036", 5),
    Town("Lelystad", "Flevoland", 8211, 8245, "0320", 2),
    Town("Middelburg", "Zeeland", 4331, 4339, "0118", 2),
    Town("Goes", "Zeeland", 4461, 4465, "0113", 1),
)


def pick_address(rng: Random) -> Address:
    """Draw an address whose postcode belongs to its town."""
    town = rng.choices(TOWNS, weights=[town.weight for town in TOWNS])[0]
    letters = NEVER_USED_LETTERS[0]
    while letters in NEVER_USED_LETTERS:
        letters = rng.choice(POSTCODE_LETTERS) + rng.choice(POSTCODE_LETTERS)
    number = f"{rng.randint(1, 240)}{rng.choices(['', 'a', ' bis', '-II'], weights=[88, 8, 2, 2])[0]}"
    return Address(rng.choice(STREETS), number, f"{rng.randint(town.first, town.last)} {letters}", town)
