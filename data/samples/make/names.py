"""Given and family names: our own lists for seven groups, Faker's nl_NL for the rest."""

import re
from dataclasses import dataclass
from random import Random

from faker.providers.person.nl_NL import Provider

INFIXES = ("van de", "van der", "van den", "van het", "van 't", "in 't", "van", "de", "den", "der", "ter", "ten", "el")
PLAIN_FAMILY = re.compile(rf"(?:(?P<infix>{'|'.join(INFIXES)}) )?(?P<family>[A-Z][a-zë]+)")


@dataclass(frozen=True, slots=True)
class NameGroup:
    """The names of one group of people and the group's weight in the population."""

    weight: int
    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]


def _list(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


TURKISH = NameGroup(
    8,
    _list("Mehmet, Mustafa, Emre, Burak, Hakan, Yusuf, Serkan, Oğuz, Kerem, Umut, Tuncay, İsmail, Çağlar"),
    _list("Ayşe, Elif, Zeynep, Fatma, Emine, Hülya, Büşra, Merve, Gülsüm, Sevda, Esra, Nurcan, Derya"),
    _list(
        "Yılmaz, Kaya, Demir, Şahin, Çelik, Yıldız, Öztürk, Aydın, Arslan, Doğan, Kılıç, Aslan, Çetin, Kara, Koç, "
        "Kurt, Özdemir, Polat, Erdoğan, Güneş, Yavuz, Aksoy, Bulut, Taş, Karaca"
    ),
)
MOROCCAN = NameGroup(
    9,
    _list("Mohamed, Rachid, Youssef, Hamza, Bilal, Khalid, Abdelkarim, Soufiane, Anouar, Mounir, Nordin, Ilyas, Jamal"),
    _list("Fatima, Khadija, Samira, Naima, Hanane, Loubna, Salma, Ikram, Nadia, Rachida, Yasmina, Chaimae, Malika"),
    _list(
        "el Amrani, el Idrissi, Bouzid, Benali, Bensaïd, Chaouki, el Khattabi, Ouali, Haddou, Azzouzi, Bouchama, "
        "Lahlou, el Mansouri, Aït Ali, Belhaj, Boulahrouz, Ziani, Tahiri, el Hamdaoui, Achahbar, Bakkali, "
        "Kaddouri, Oulad Salah, Mesbahi, Rahmouni"
    ),
)
SURINAMESE = NameGroup(
    8,
    _list("Winston, Romeo, Ruben, Orlando, Clyde, Anand, Rajesh, Radjinder, Soeshiel, Dharm, Kenneth, Iwan, Vinod"),
    _list("Shanti, Sharmila, Asha, Priya, Chandra, Radha, Ingrid, Muriël, Lucretia, Henna, Joyce, Wonny, Reshma"),
    _list(
        "Ramdin, Ramdjan, Bhagwandin, Jagroep, Mahabier, Soekhoe, Sewnarain, Baldewsingh, Ramlal, Kalpoe, "
        "Gangaram Panday, Doerga, Raghoebarsing, Pinas, Aboikoni, Kensmil, Blokland, Landveld, Wijngaarde, "
        "Slijngard, Zeefuik, Pengel, Tjon A Ten, Biervliet, Emanuels"
    ),
)
POLISH = NameGroup(
    5,
    _list(
        "Piotr, Krzysztof, Paweł, Tomasz, Marcin, Łukasz, Michał, Grzegorz, Mateusz, Wojciech, Kamil, Jakub, Bartosz"
    ),
    _list(
        "Agnieszka, Katarzyna, Małgorzata, Joanna, Beata, Ewa, Magdalena, Monika, Aleksandra, Dorota, Iwona, "
        "Kinga, Zofia"
    ),
    _list(
        "Nowak, Kowalski, Wiśniewski, Wójcik, Kamiński, Lewandowski, Zieliński, Woźniak, Szymański, Dąbrowski, "
        "Mazur, Kwiatkowski, Krawczyk, Grabowski, Pawłowski, Michalski, Król, Wieczorek, Jabłoński, Wróbel, "
        "Majewski, Olszewski, Stępień, Jaworski, Malinowski"
    ),
)
CHINESE = NameGroup(
    3,
    _list("Wei, Jun, Hao, Ming, Qiang, Zhiyuan, Jianhua, Bo, Tao, Yifan, Guang, Chun Kit, Wing Fai"),
    _list("Mei, Xiulan, Li Na, Yan, Jing, Xiaoling, Fang, Hui, Siu Ling, Yuting, Mei Ling, Ying, Suk Yee"),
    _list(
        "Wang, Li, Zhang, Liu, Chen, Yang, Huang, Zhao, Wu, Zhou, Xu, Sun, Ma, Zhu, Hu, Guo, He, Lin, Cheung, "
        "Wong, Tsang, Man, Leung, Kwok, Liang"
    ),
)
GHANAIAN = NameGroup(
    3,
    _list("Kwame, Kofi, Kwabena, Yaw, Kojo, Kwaku, Kwasi, Ebenezer, Emmanuel, Nana, Prince, Isaac, Felix"),
    _list("Akosua, Ama, Abena, Adwoa, Efua, Afia, Esi, Akua, Yaa, Comfort, Gifty, Mercy, Patience"),
    _list(
        "Mensah, Owusu, Osei, Boateng, Asante, Appiah, Agyemang, Amoah, Acheampong, Ofori, Addo, Adjei, Antwi, "
        "Opoku, Sarpong, Frimpong, Asamoah, Gyamfi, Boakye, Yeboah, Kwarteng, Danso, Ansah, Darko, Nkrumah"
    ),
)
SYRIAN = NameGroup(
    4,
    _list("Ahmad, Omar, Khaled, Firas, Bashar, Nizar, Samer, Anas, Tarek, Mazen, Yazan, George, Abdulrahman"),
    _list("Rania, Hala, Nour, Lina, Rima, Hiba, Dima, Layal, Maysoun, Ghada, Sawsan, Rasha, Mariam"),
    _list(
        "al-Hamwi, Khoury, Haddad, al-Masri, Darwish, Kassab, Shami, Najjar, al-Ahmad, Sabbagh, Halabi, Nasser, "
        "Qabbani, Azmeh, Barakat, Hariri, Jabbour, Mardini, Saleh, al-Khatib, Tlass, Zaitouneh, Sayegh, Atassi, "
        "Ibrahim"
    ),
)
DUTCH = NameGroup(60, tuple(Provider.first_names_male), tuple(Provider.first_names_female), tuple(Provider.last_names))
GROUPS = (DUTCH, TURKISH, MOROCCAN, SURINAMESE, POLISH, CHINESE, GHANAIAN, SYRIAN)


def pick_name(rng: Random, gender: str) -> tuple[str, str, str]:
    """Draw a given name, an infix (often empty) and a family name of one group."""
    group = rng.choices(GROUPS, weights=[group.weight for group in GROUPS])[0]
    given = rng.choice(group.women if gender == "V" else group.men)
    infix, family = _pick_family(rng, group)
    if group is POLISH and gender == "V":
        family = re.sub("(?<=[sc]k)i$", "a", family)
    return given, infix, family


def _pick_family(rng: Random, group: NameGroup) -> tuple[str, str]:
    """Draw a family name; Faker's list also holds medieval persons, which are passed over."""
    while True:
        family = rng.choice(group.families)
        match = PLAIN_FAMILY.fullmatch(family)
        if match:
            return match["infix"] or "", match["family"]
        if group is not DUTCH:
            return "", family
