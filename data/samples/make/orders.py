"""The shop's orders and invoices, an XLSX with a title above each header."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from xlsxwriter import Workbook

from make.chance import chance, seeded
from make.contacts import relation_number
from make.conversations import fill
from make.courses import COURSES
from make.hiding import Remarks
from make.numbers import pick_iban, pick_ip, pick_vat_number
from make.people import ORGANISATIONS, Person
from make.phrases import ORDER_REMARKS
from make.workspace import Place, Workspace

ORDERS = "webshop/bestellingen_en_facturen_2026.xlsx"
ORDER_COUNT = 1400
FIRST_ORDER = 202_600_001
CREATED = datetime(2026, 11, 1, 9, tzinfo=UTC)
TITLES = {"Bestellingen": "IG Learning B.V. - bestellingen 2026", "Facturen": "IG Learning B.V. - facturen 2026"}
ORDER_FIELDS = {
    "Bestelnummer": "invoice",
    "Besteldatum": "none",
    "Relatienummer": "account_id",
    "Contactpersoon": "name",
    "E-mailadres": "email",
    "Bedrijf": "employer",
    "Artikel": "none",
    "Aantal": "none",
    "Bedrag excl. btw": "none",
    "IP-adres besteller": "ip_address",
    "Opmerkingen": "message_content",
}
INVOICE_FIELDS = {
    "Factuurnummer": "invoice",
    "Bestelnummer": "invoice",
    "Factuurdatum": "none",
    "Vervaldatum": "none",
    "Bedrijf": "employer",
    "Btw-nummer": "tax_number",
    "Bedrag incl. btw": "none",
    "Betaald vanaf rekening": "bank_account",
    "Betaald op": "none",
}
PRICES = (49.0, 89.5, 129.0, 195.0, 349.0)
VAT = 1.21
INVOICED_SHARE = 0.93
PAID_SHARE = 0.9
YOUNGEST_BUYER = 20


@dataclass(frozen=True, slots=True)
class Order:
    """An order of licences."""

    number: int
    ordered: date
    buyer: Person
    licences: int
    amount: float


def open_workbook(workspace: Workspace, file: str) -> Workbook:
    """Open a workbook whose properties do not depend on the clock."""
    workbook = Workbook(workspace.path(file), {"default_date_format": "dd-mm-yyyy"})
    workbook.set_properties({"created": CREATED, "author": "IG Learning B.V."})
    return workbook


def write_sheet(
    workbook: Workbook, name: str, fields: Mapping[str, str], rows: Sequence[Sequence[object]], title: str = ""
) -> None:
    """Write a sheet, with a title and an empty row above the header if there is a title."""
    sheet = workbook.add_worksheet(name)
    if title:
        sheet.write(0, 0, title)
    header_row = 2 if title else 0
    for offset, row in enumerate([list(fields), *rows]):
        sheet.write_row(header_row + offset, 0, row)


def write_orders(workspace: Workspace, learners: Sequence[Person], staff: Sequence[Person]) -> None:
    """Write the orders and the invoices that followed from most of them."""
    rng = seeded(ORDERS)
    buyers = rng.sample([person for person in learners if person.age > YOUNGEST_BUYER], 400)
    orders = [_pick_order(rng, position, rng.choice(buyers)) for position in range(ORDER_COUNT)]
    remarks = Remarks(workspace, Place(ORDERS, "Bestellingen", "Opmerkingen"), rng, range(1, ORDER_COUNT + 1))
    order_rows = [
        [
            *_order_row(rng, order),
            remarks.write(record, fill(rng, rng.choice(ORDER_REMARKS), order.buyer, staff), order.buyer),
        ]
        for record, order in enumerate(orders, start=1)
    ]
    companies = {organisation: (pick_vat_number(rng), pick_iban(rng)) for organisation in ORGANISATIONS}
    invoiced = [order for order in orders if chance(rng, INVOICED_SHARE)]
    invoice_rows = [
        _invoice_row(rng, number, order, companies[order.buyer.organisation])
        for number, order in enumerate(invoiced, start=1)
    ]
    workbook = open_workbook(workspace, ORDERS)
    for (sheet, title), fields, rows in zip(
        TITLES.items(), (ORDER_FIELDS, INVOICE_FIELDS), (order_rows, invoice_rows), strict=True
    ):
        write_sheet(workbook, sheet, fields, rows, title)
        workspace.describe(ORDERS, fields, sheet)
    workbook.close()


def _pick_order(rng: Random, position: int, buyer: Person) -> Order:
    """Draw an order; the numbers follow each other, so one of eleven looks like a BSN."""
    licences = rng.choices([1, 2, 5, 10, 25], weights=[60, 15, 12, 9, 4])[0]
    ordered = date(2026, 1, 2) + timedelta(days=position * 300 // ORDER_COUNT)
    return Order(FIRST_ORDER + position, ordered, buyer, licences, licences * rng.choice(PRICES))


def _order_row(rng: Random, order: Order) -> list[object]:
    buyer = order.buyer
    return [
        order.number, order.ordered, relation_number(buyer), buyer.full_name, buyer.email, buyer.organisation,
        f"Licentie {rng.choice(COURSES).name}", order.licences, order.amount, pick_ip(rng),
    ]  # fmt: skip


def _invoice_row(rng: Random, number: int, order: Order, company: tuple[str, str]) -> list[object]:
    """Write an invoice to a company with its VAT number and account; one of ten is not paid yet."""
    vat_number, account = company
    sent = order.ordered + timedelta(days=rng.randint(0, 6))
    payment = [account, sent + timedelta(days=rng.randint(2, 45))] if chance(rng, PAID_SHARE) else ["", None]
    return [
        f"2026-{number:04d}", order.number, sent, sent + timedelta(days=30), order.buyer.organisation, vat_number,
        round(order.amount * VAT, 2), *payment,
    ]  # fmt: skip
