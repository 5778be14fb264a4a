"""The sentences that free text is made of; none of them holds an identifier or a sensitive remark itself."""

FEEDBACK = (
    "Goed uitgewerkt, {given}. Let de volgende keer op de bronvermelding.",
    "Netjes! De risico's zijn compleet benoemd.",
    "{given}, je conclusie mist nog een onderbouwing.",
    "Voldoende. Kijk module 2 nog eens door.",
    "Prima opdracht, helder geschreven.",
    "De tabel is onvolledig, graag aanvullen.",
    "Beste {given}, je hebt de opdracht verkeerd begrepen; lever opnieuw in.",
    "",
    "",
)
FORUM_SUBJECTS = (
    "Kennismaken", "Vraag over de eindtoets", "Voorbeeld uit de praktijk", "Opdracht 2: wat is de bedoeling?",
    "Samen oefenen?", "Link werkt niet", "Datalek bij ons op kantoor", "Wie heeft tips?", "Question about module 3",
    "Certificaat nog niet ontvangen",
)  # fmt: skip
FORUM_OPENINGS = (
    "Beste {to},", "Hoi {to}!", "Dag {to},", "Hallo allemaal,", "@{to}", "Goedemiddag {to_full},", "Hi {to},",
    "Beste collega's,", "",
)  # fmt: skip
FORUM_BODIES = (
    "Ik ben {me} en ik werk als {function} bij {organisation}.",
    "Dank je wel voor je uitleg, nu snap ik het verschil tussen een grondslag en een doel.",
    "Bij ons heeft {third} een lijst met deelnemers naar de verkeerde klant gemaild. Is dat een datalek?",
    "Volgens mij bedoelt {third} de tweede opdracht, niet de eerste.",
    "De video van module 3 speelt bij mij niet af. Heeft iemand dat ook?",
    "I work in {town} and my Dutch is not so good yet, can I answer in English?",
    "Wie wil dinsdagavond samen oefenen voor de eindtoets?",
    "Ik heb de toets twee keer gemaakt, bij vraag 7 klopt het antwoord volgens mij niet.",
    "Mijn leidinggevende {third_full} zegt dat we de cijfers niet te zien krijgen. Klopt dat?",
    "Thanks {to}, that was really helpful. The part about consent is still hard for me.",
    "In {town} doen we dat anders: daar bewaart de afdeling {department} alles twee jaar.",
    "Zie ook pagina 14 van de reader, daar staat het schema.",
    "Is er na afloop een certificaat? Ik heb bestelling 20260{order} geplaatst en nog niets gehoord.",
    "Mooi voorbeeld! Wij kregen vorige maand net zo'n mail, met 1.250 adressen in de cc.",
    "Does anyone know how many attempts we have for the final quiz?",
    "Ik sluit me aan bij {third}: de opdracht kost meer dan de 45 minuten die ervoor staan.",
)
FORUM_CLOSINGS = (
    "Groet, {me}",
    "Groetjes {me}",
    "Met vriendelijke groet,\n{me_full}",
    "Mvg {me}",
    "Kind regards, {me}",
    "",
    "",
)
OPEN_ANSWERS = (
    "Omdat het om gegevens gaat waarmee iemand te herkennen is.",
    "Binnen 72 uur melden bij de AP.",
    "De verwerkingsverantwoordelijke.",
    "Alleen als er een grondslag voor is.",
    "Weet ik niet.",
    "Ik zou eerst {colleague} van {department} vragen.",
    "Het wachtwoord wijzigen en de helpdesk bellen.",
    "First inform my manager, then the privacy officer.",
    "Toestemming moet vrij gegeven zijn.",
    "Zo min mogelijk gegevens vragen.",
)
CRM_REMARKS = (
    "Wil graag een offerte voor {amount} licenties.",
    "Gesproken op de beurs in {town}, belt zelf terug.",
    "Contract loopt af in maart; {colleague} neemt contact op.",
    "Factuur altijd t.a.v. de crediteurenadministratie.",
    "Belt liever niet op vrijdag.",
    "Heeft vorig jaar {amount} deelnemers aangemeld, was tevreden over de trainer.",
    "Overweegt overstap naar een andere aanbieder, prijs ± € {amount},50 p.p.",
    "Zie bestelling 20260{order}, dubbel betaald.",
    "Vervangt {colleague} tijdens verlof.",
    "Café naast het station is vaste afspreekplek.",
    "Reünie oud-cursisten: uitnodigen.",
    "Reageert snel op mail; geïnteresseerd in de AVG-reeks.",
    "",
    "",
    "",
)
ORDER_REMARKS = (
    "", "", "", "", "", "Graag vóór de eerste van de maand activeren.", "Inkoopnummer PO-{order} op de factuur zetten.",
    "Vervolg op bestelling 20260{order}.", "Korting afgesproken met {colleague}.", "Twee deelnemers volgen later.",
    "Leveren aan afdeling {department}.", "Incompany in {town}, zaal is geregeld.", "Namens {colleague} besteld.",
)  # fmt: skip
WANT_BETTER = (
    "Meer voorbeelden uit de praktijk.", "De toets was te lang.", "De uitleg ging te snel voor beginners.", "Niets.",
    "-", "", "Koffie was koud en het lokaal in {town} slecht te vinden.", "Graag ondertiteling bij de video's.",
    "Minder herhaling.", "Trainer {colleague} mocht wel wat vaker pauze geven.",
    "Het inloggen kostte mij een kwartier.", "More exercises please.",
    "Ik vond vraag 12 onduidelijk, er staan twee goede antwoorden.", "De app werkt niet op mijn oude telefoon.",
)  # fmt: skip
WENT_WELL = (
    "De voorbeelden van {colleague}.", "Alles!", "Duidelijke opbouw.", "Goede sfeer, leuke groep.",
    "De quizjes tussendoor.", "Dat je het in eigen tempo kunt doen.", "The trainer explained everything very well.",
    "", "Handige samenvatting aan het eind.", "Snel antwoord van de helpdesk.", "De oefening met het brandalarm.",
    "Prettig dat {colleague} meteen meedacht.",
)  # fmt: skip
BOOKING_REMARKS = (
    "", "", "", "Komt iets later.", "Rijdt mee met {colleague}.", "Tweede poging.", "Wil graag vooraan zitten.",
    "Betaalt zelf.", "Aangemeld door {colleague}.", "Laptop lenen.", "Parkeerplaats reserveren.",
)  # fmt: skip
MAIL_SUBJECTS = (
    "Kan niet inloggen", "Certificaat ontbreekt", "Aanmelding wijzigen", "Vraag over factuur", "Toets vastgelopen",
    "Wachtwoord vergeten", "Nieuwe deelnemers", "Verkeerde naam op certificaat", "Annulering training", "Offerte BHV",
)  # fmt: skip
MAIL_BODIES = (
    "Ik probeer al twee dagen in te loggen op de leeromgeving, maar ik krijg steeds een foutmelding.",
    "Op mijn certificaat staat mijn naam verkeerd gespeld. Kunt u dat aanpassen?",
    "Mijn collega {third_full} kan helaas niet deelnemen aan de training in {town}. Mag {third_other} haar vervangen?",
    "Wij willen graag twaalf medewerkers aanmelden voor de volgende ronde. Wat zijn de mogelijkheden?",
    "De eindtoets liep vast bij vraag 9. Kan {third} de poging opnieuw openzetten?",
    "Ik heb factuur 2026-{order} ontvangen, maar het bedrag van € 349,50 klopt niet met de offerte.",
    "Gisteren sprak ik met {third_full} van uw bedrijf; hij zou mij terugbellen. Dat is nog niet gebeurd.",
    "Kunt u mij vertellen hoe lang ik nog toegang heb tot de cursus Excel gevorderd?",
    "Door een fusie heet onze organisatie voortaan anders. Wilt u dat in uw administratie wijzigen?",
    "De bevestiging van bestelling 20260{order} heb ik nooit gekregen, ook niet in de spambox.",
)
MAIL_ANSWERS = (
    "Vervelend dat het niet lukt. Ik heb de poging voor u opengezet.",
    "Dank voor uw bericht. We passen de naam vandaag nog aan.",
    "Ik heb {third_full} aangemeld; de bevestiging volgt per mail.",
    "Uw vraag staat uit bij {third} van de administratie.",
    "Uw toegang loopt nog zes maanden door.",
)
DIETS = (
    ("geen", "none", 52), ("vegetarisch", "none", 18), ("veganistisch", "none", 6), ("", "none", 30),
    ("halal", "religion", 9), ("koosjer", "religion", 1), ("geen varkensvlees i.v.m. geloof", "religion", 2),
    ("glutenvrij (coeliakie)", "health", 3), ("lactose-intolerant", "health", 5),
    ("notenallergie, heeft EpiPen", "health", 2), ("diabetes, suikervrij", "health", 2), ("geen vis", "none", 4),
    ("vasten in verband met ramadan", "religion", 1), ("zwanger: geen rauwmelkse kaas", "health", 1),
)  # fmt: skip
