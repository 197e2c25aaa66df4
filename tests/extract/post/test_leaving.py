"""Whether a customer left its supplier, for a while or for good."""

from __future__ import annotations

import pytest

from tests.extract.post.test_who_and_whether import post, used

LEFT = """
suspended: Alder has suspended all work with Oak Desk.
suspended: Alder put its contract with Oak Desk on hold.
suspended: Alder cut off Oak Desk's access to its systems.
suspended: Alder disabled its integration with Oak Desk.
suspended: Alder disconnected its network from Oak Desk.
suspended: Alder disconnected from the Oak Desk service.
suspended: Alder suspended all data transfers to Oak Desk.
suspended: Alder suspended services provided by Oak Desk.
suspended: Alder's use of Oak Desk was suspended.
ended: Alder ended its help desk contract with Oak Desk.
ended: Alder has since discontinued its use of Oak Desk.
ended: Alder cancelled its deal with Oak Desk.
ended: Alder terminated its services with Oak Desk.
ended: Alder's contract with Oak Desk has been terminated.
ended: The contract between Alder and Oak Desk was terminated.
ended: Alder dropped Oak Desk as its payroll provider.
ended: Alder did not renew its contract with Oak Desk.
ended: Alder parted ways with Oak Desk.
ended: Alder no longer uses Oak Desk.
ended: Alder stopped working with Oak Desk in 2024.
suspended: Alder has stopped using Oak Desk until this is sorted.
suspended: Alder temporarily stopped using Oak Desk.
suspended: Alder stopped working with Oak Desk until the case is cleared up.
ended: Alder, a former customer of Oak Desk, said that Oak Desk still held its files.
ended: Former Oak Desk client Alder lost old files.
ended: Former customers of Oak Desk, including Birch and Alder, lost old files.
ended: Alder's former payroll provider Oak Desk lost files.
ended: Alder said that its former supplier Oak Desk had kept old files.
ended: Oak Desk, Alder's previous help desk provider, kept old files.
ended: Alder, which used to be an Oak Desk customer, lost old files.
ended: Alder, which previously used Oak Desk, lost old files.
ended: Alder used Oak Desk until January 2024.
ended: Alder, a client of Oak Desk from 2019 to 2022, lost old files.
ended: Oak Desk, which worked for Alder until 2024, kept old files.
ended: Alder said its contract with Oak Desk expired in 2024.
ended: Alder had not worked with Oak Desk since 2021.
ended: Alder, which had already left Oak Desk in August, lost old files.
ended: Alder is no longer a customer of Oak Desk.
active: A former employee of Oak Desk told Alder of it.
active: Alder, formerly known as Oak Foods, uses Oak Desk.
active: Alder said that data previously used for testing was held by Oak Desk.
active: Alder, a former customer of Oak Desk's rival Birch, uses Oak Desk.
active: Alder will use Oak Desk until 2028.
active: Alder did not say whether it is a former customer of Oak Desk.
active: Alder, a former customer of Oak Desk, has since returned to it and is one again.
active: Alder left Oak Desk in the dark about it.
active: Oak Desk was a unit of Alder until 2023.
active: Alder's contract with Oak Desk expires in 2027.
active: Alder suspended its online orders after the attack on Oak Desk.
active: Alder halted production because Oak Desk was down.
active: Alder disconnected affected servers after Oak Desk reported the breach.
active: Alder terminated the intruders' sessions at Oak Desk.
active: Alder suspended Oak Desk tokens.
active: Alder froze accounts of Oak Desk customers.
active: Alder suspended two employees who had used Oak Desk.
active: Shares of Alder dropped 5% after Oak Desk was hit.
active: Alder, a customer of Oak Desk, did not renew its cyber insurance.
active: Alder's security chief parted ways with the company after the breach at Oak Desk.
active: Alder no longer uses SMS codes since the breach at Oak Desk.
active: Senators demanded that Alder cut ties with Oak Desk.
active: Regulators asked that Alder cut its ties with Oak Desk.
active: Lawmakers recommended that Alder put its contract with Oak Desk on hold.
active: Alder asked to be immediately disconnected from Oak Desk.
active: Alder would end its contract with Oak Desk—if the breach is confirmed.
active: Alder will end its contract with Oak Desk (unless a court objects).
ended: Alder cut ties with Oak Desk.
ended: Alder will terminate its contract with Oak Desk in June.
ended: Alder no longer uses Oak Desk.
""".strip().splitlines()


@pytest.mark.parametrize("name", ["Oak Desk", "Oak Desk Analytics"])
@pytest.mark.parametrize("line", LEFT)
def test_a_supplier_is_left_where_it_its_access_or_the_dealings_with_it_are_what_was_dropped(line, name):
    status, said = line.split(": ", 1)
    found = post(f"Oak Desk was breached. {said}", ("Alder", "Company"), (name, "Vendor"))
    assert used(found) == {("Alder", name): status}


@pytest.mark.parametrize(
    ("name", "said", "other", "status"),
    [
        ("Carruth Compliance Consulting", "Alder has suspended its contract with Carruth.", "Elm", "suspended"),
        ("Carruth Compliance Consulting", "Alder cut ties with Carruth Compliance.", "Elm", "ended"),
        ("Carruth Compliance Consulting", "Alder cut ties with Carruth Energy.", "Elm", "active"),
        ("Evolve Bank & Trust", "Alder ended its partnership with Evolve in 2023.", "Elm", "ended"),
        ("Evolve Bank & Trust", "Alder ended its partnership with Evolve Bank.", "Evolve Energy", "ended"),
        ("Evolve Bank & Trust", "Alder ended its partnership with Evolve in 2023.", "Evolve Energy", "active"),
        ("Bank of Ohio", "Alder ended its partnership with Bank of Texas.", "Elm", "active"),
        ("National Data", "Alder ended its partnership with National Grid.", "Elm", "active"),
    ],
)
def test_a_supplier_is_called_by_what_its_name_begins_with_where_no_other_name_does(name, said, other, status):
    found = post(f"{name} was hit. {said}", (name, "Vendor"), ("Alder", "Company"), (other, "Company"))
    assert used(found) == {("Alder", name): status, (other, name): "active"}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Midstate Mutual said that it has suspended its work with Elm.", "suspended"),
        ("Midstate ended its contract with Elm.", "ended"),
        ("Midstate County ended its contract with Elm.", "active"),
        ("Midstate residents stopped using Elm.", "active"),
        ("Alder stopped using Elm, Midstate Mutual said.", "active"),
    ],
)
def test_a_customer_is_called_by_what_its_name_begins_with_where_it_tells_what_it_did(said, status):
    others = ("Midstate Mutual Insurance", "Company"), ("Alder", "Company")
    found = post(f"Elm was hit. {said}", ("Elm", "Vendor"), *others)
    assert used(found)["Midstate Mutual Insurance", "Elm"] == status


@pytest.mark.parametrize("name", ["NRS", "Nationwide Recovery Services"])
def test_a_supplier_is_called_by_the_initials_that_it_is_listed_with(name):
    supplier = "Nationwide Recovery Services (NRS)"
    found = post(f"Alder has discontinued its relationship with {name}.", ("Alder", "Company"), (supplier, "Vendor"))
    assert used(found) == {("Alder", supplier): "ended"}


def test_a_country_in_brackets_is_not_what_a_supplier_is_called():
    said = "Alder ended its contract with the UK government."
    assert used(post(said, ("Alder", "Company"), ("Capita (UK)", "Vendor"))) == {("Alder", "Capita (UK)"): "active"}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Alder has since replaced Oak Desk with Ceridian.", "ended"),
        ("Alder replaced its payroll provider Oak Desk with another vendor.", "ended"),
        ("Alder replaced Oak Desk after the breach.", "ended"),
        ("Alder said that it had switched from Oak Desk to Ceridian.", "ended"),
        ("Alder has moved its payroll from Oak Desk to a new provider.", "ended"),
        ("Oak Desk was replaced by Ceridian.", "ended"),
        ("Ceridian replaced Oak Desk as the provider of Alder.", "ended"),
        ("Alder plans to replace Oak Desk with Ceridian.", "active"),
        ("Alder is considering replacing Oak Desk with Ceridian.", "active"),
        ("Alder has not replaced Oak Desk with Ceridian.", "active"),
        ("Alder said that Oak Desk may be replaced by Ceridian.", "active"),
        ("Alder replaced Oak Desk passwords with tokens.", "active"),
        ("Alder switched from Oak Desk passwords to Okta.", "active"),
        ("Alder replaced Oak Desk with manual work for a day.", "active"),
    ],
)
@pytest.mark.parametrize("listed", [False, True])
def test_a_supplier_that_was_replaced_is_left_whether_or_not_the_new_one_is_listed(said, status, listed):
    new = [("Ceridian", "Vendor")] if listed and "Ceridian" in said else []
    found = used(post(f"Oak Desk was breached. {said}", ("Alder", "Company"), ("Oak Desk", "Vendor"), *new))
    assert found["Alder", "Oak Desk"] == status
    assert listed or len(found) == 1


@pytest.mark.parametrize(
    ("said", "customer"),
    [
        ("Birch, which used Oak Desk for hosting, has since replaced Oak Desk with Azure.", "Birch"),
        ("Birch replaced Oak Desk with Azure.", ""),
        ("Oak Desk was replaced by another provider, Birch said.", ""),
        ("Oak Desk was replaced by another provider, Alder said.", "Alder"),
        ("Oak Desk was replaced by another provider.", "Alder"),
    ],
)
def test_who_is_named_beside_a_supplier_that_was_replaced_is_whose_supplier_it_was(said, customer):
    listed = ("Alder", "Company"), ("Birch", "Vendor"), ("Oak Desk", "Vendor")
    found = used(post(f"Birch and Oak Desk, vendors of Alder, were breached. {said}", *listed))
    assert [pair for pair, state in found.items() if state == "ended"] == ([(customer, "Oak Desk")] if customer else [])
