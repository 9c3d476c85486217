"""What kind of document it is: told by its name, its title, its headings and how its author speaks."""

from dataclasses import replace

import pytest

from tenderkit.document import passage
from tenderkit.errors import MistakesError
from tenderkit.resources import DEFAULT, Mistakes, cues_folder, read_yaml
from tenderkit.roles import Role, load_roles

FINDER = load_roles()
PLAIN = "The library opens at nine on most days and closes at five, and a bus stops outside it every twenty minutes."

# How invented documents begin, each as a person would write it; the file's name says nothing.
BEGINNINGS = {
    "bid": [
        "# Response to the Invitation to Tender for a Customer Platform\nSubmitted by Larch Digital",
        "# Tender Response: Contact Centre Renewal",
        "# Proposal for a Digital Strategy Refresh\nPrepared for Elmbridge Vale District Council",
        "# Technical Proposal\nVolume II, RFP 22-104",
        "# Method Statement 3: Data Migration",
        "# Our Bid for the Resident Account",
        "# Answers to the Selection Questionnaire",
        "# Housing Repairs App\n## Our approach\nWe propose three releases. Our team built two such apps.",
        "# Capability Statement\nBirch & Finch Analytics LLC",
        "# G-Cloud 14 Service Definition Document",
        "# How we helped a county move its forms\n## The challenge\nOur client had forty forms. We built one service.",
        "# Quotation for Website Hosting",
        "# Statement of Qualifications\nSubmitted to the County of Alder",
    ],
    "tender": [
        "# Invitation to Tender\nDigital Inclusion Strategy Support",
        "# Request for Proposals: Permit System Modernization",
        "# Request for Quotation (RFQ)\nCase Management Support",
        "# Specification of Requirements: Resident Portal",
        "# Performance Work Statement",
        "# Statement of Objectives for Licensing Renewal",
        "# Terms of Reference: Review of the Data Strategy",
        "# Discovery Brief for Planning Services\nThe successful supplier must begin in May.",
        "# Instructions to Bidders",
        "# Appendix B: Supplier Questionnaire",
        "# Request for Supply Arrangement\nInformatics Professional Services",
        "# Clarification Questions and Answers",
        "# Further Competition under the Digital Outcomes Framework",
        "# Mini-Competition Document",
        "# Revenues System\nThe supplier must hold a certificate. Bidders should describe how they will test.",
    ],
    "contract": [
        "# Services Agreement\nbetween Fernhill Council and Larch Digital Ltd",
        "# Service Level Agreement for Hosting",
        "# Terms and Conditions of Supply",
        "# Terms of Service",
        "# Call-Off Contract\nOrder Form",
        "# Data Processing Agreement",
        "# Memorandum of Understanding between the Councils of the Vale",
        "# Framework Agreement for Digital Services",
        "# Master Services Agreement (MSA)",
        "# Schedule 7: Charges and Invoicing\n## Definitions\nThe Supplier shall invoice monthly under this Agreement.",
        "# Contract for the Provision of a Digital Strategy",
        "# Non-Disclosure Agreement",
        "# Agreement for Software Licensing\n## Governing law\n## Limitation of liability",
    ],
    "strategy": [
        "# Digital Strategy 2025 to 2030",
        "# Fernhill Council Digital and Data Strategy\n## Foreword\nOur residents expect more of us.",
        "# Our Digital Roadmap",
        "# Data Ethics Framework",
        "# Procurement Playbook",
        "# Guide to Writing a Good Tender",
        "# National Cyber Action Plan",
        "# Corporate Plan\n## Our priorities",
        "# Artificial Intelligence Policy",
        "# Outline Business Case: One Network",
        "# Annual Report on the Digital Programme",
        "# Lessons Learned from the Portal Procurement",
        "# Open Source Policy for Departments",
        "# Contract Procedure Rules",
        "# Smart City Vision",
        "# Code of Practice for Technology",
        "# Better Online\n## Our vision\n## Strategic priorities\nWe want to do more for our communities.",
    ],
}  # fmt: skip

NAMES = {
    "Larch_TenderResponse_v2.docx": "bid",
    "RFP-204-technical-proposal.pdf": "bid",
    "ITT - resident portal - FINAL.docx": "tender",
    "Attachment1_PWS.md": "tender",
    "specification.docx": "tender",
    "contract.docx": "contract",
    "Hosting SLA 2026.pdf": "contract",
    "terms-of-service.md": "contract",
    "digital-strategy-2025.pdf": "strategy",
    "pack.zip/2 vendor playbook.pdf": "strategy",
    "document.docx": "bid",
}


def guess(text, path="document.md"):
    return FINDER.find(replace(passage(f"{text}\n{PLAIN}"), path=path))


@pytest.mark.parametrize(
    ("text", "role"),
    [(text, role) for role, texts in BEGINNINGS.items() for text in texts],
    ids=lambda value: value[:40],
)
def test_a_beginning_tells_the_kind(text, role):
    assert guess(text).role.value == role


@pytest.mark.parametrize(("name", "role"), NAMES.items())
def test_a_file_name_tells_the_kind(name, role):
    assert guess("", name).role.value == role


def test_where_nothing_tells_it_is_a_bid_without_a_reason():
    found = guess("# Libraries")
    assert (found.role, found.because) == (Role.BID, ())


def test_a_reason_is_what_stands_there():
    assert guess("# Vale Council Digital Strategy").because == ("digital strategy",)


def test_the_title_outvotes_a_habit_of_speech():
    offer = "We will test every release. Our team will train your staff, and our approach is agile."
    assert guess(offer).role is Role.BID
    assert guess(f"# Digital Strategy\n{offer}").role is Role.STRATEGY


def test_speech_counts_by_its_share_of_the_words():
    said = "The supplier must report every month."
    often = f"{PLAIN} {said}\n" * 10
    assert guess(often).role is Role.TENDER
    assert (
        guess(f"{PLAIN}\n" * 600 + f"{said}\nOur price is fixed. Our team is small. We propose a test.").role
        is Role.BID
    )


def test_a_title_far_behind_the_beginning_is_none():
    assert guess(f"{PLAIN}\n# Guidance for Schools").role is Role.BID


def test_plain_text_speaks_for_no_kind():
    assert guess("\n".join([PLAIN] * 50)).because == ()


@pytest.mark.parametrize("role", Role)
def test_every_kind_has_its_four_lists(role):
    node = read_yaml(cues_folder(DEFAULT) / "roles.yml", "roles.yml", Mistakes())
    assert set(node.plain()[role.value]) == {"titles", "topics", "headings", "says"}


def test_a_phrase_that_breaks_the_notation_is_told_with_its_line(tmp_path):
    (tmp_path / "cues").mkdir()
    (tmp_path / "scheme.yml").write_text("id: tiny\n")
    broken = "bid: [our bid]\ntender:\n  says: [rfp <2>]\ncontract: [the parties]\nstrategy: {tittles: [plan]}\n"
    (tmp_path / "cues" / "roles.yml").write_text(broken)
    with pytest.raises(MistakesError) as told:
        load_roles(str(tmp_path))
    assert [line.split(": ", 1)[0] for line in told.value.mistakes] == ["cues/roles.yml:3", "cues/roles.yml:5"]
