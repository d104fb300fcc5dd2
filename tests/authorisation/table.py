"""The authorisation table: one row for each address. An address without a row fails the suite.

`path` makes the address for a subject; `sight` says to which relations its object exists at all;
`does`, for deeds, says who brings it about: everybody else who gets in is told why not and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from tests.org.builders import NANNING, QINGXIU, REGION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.authorisation.relations import Relation, Subject

    Path = Callable[[Subject], str]
    Sight = Callable[[Relation], bool]


def everywhere(_: Relation) -> bool:
    return True


def nowhere(_: Relation) -> bool:
    """The subject is neither a report nor a call, so nobody finds one behind it."""
    return False


def where_the_case_is_seen(relation: Relation) -> bool:
    return relation.sees


def where_its_people_are_seen(relation: Relation) -> bool:
    """A shared file shows its papers, not the sealed fields of the people; 承办 stations likewise."""
    return relation.sees and relation.name not in {"shared with", "station that handles it"}


def where_the_bureau_is_administered(relation: Relation) -> bool:
    return relation.organ in {QINGXIU, NANNING, REGION}


def in_its_own_bureau(relation: Relation) -> bool:
    return relation.organ == QINGXIU and not relation.recused


@dataclass(frozen=True)
class Row:
    path: Path
    sight: Sight = everywhere
    post: bool = False
    data: Mapping[str, str] = field(default_factory=dict)
    does: Callable[[str, Relation], bool] | None = None
    words: str = ""

    def __str__(self) -> str:
        return self.words


def case(rest: str = "") -> Path:
    return lambda subject: f"/cases/{subject.case.number}/{rest}"


def at(address: str) -> Path:
    return lambda _: address


SEEN = where_the_case_is_seen
ADMINISTERED = where_the_bureau_is_administered
AGREE = {"outcome": "agree", "opinion": "材料齐全，符合法定形式"}
REASON = {"reason": "核对"}

OFFICES = (
    Row(at("/desk/"), words="desk"),
    Row(at("/desk/work/"), words="work list"),
    Row(at("/desk/work/"), post=True, words="hand over from the list"),
    Row(at("/desk/work/export.csv"), words="export"),
    Row(at("/desk/work/next/"), words="next task"),
    Row(lambda s: f"/desk/find/?q={s.case.number}", words="find"),
    Row(at("/desk/people/"), words="by person"),
    Row(
        at("/desk/people/"), post=True, data={"name": "覃红豆", "reason": "核查举报"}, words="find by person"
    ),
    Row(at("/desk/post/"), words="choose post"),
    Row(at("/desk/password/"), words="password"),
    Row(case(), SEEN, words="case"),
    Row(case("diagram.bpmn"), SEEN, words="diagram"),
    Row(case("examine/"), SEEN, words="task"),
    Row(
        case("examine/"),
        SEEN,
        post=True,
        data=AGREE,
        does=lambda role, relation: role == "examiner" and in_its_own_bureau(relation),
        words="examine",
    ),
    Row(
        case("approve/"),
        SEEN,
        post=True,
        data={"outcome": "register"},
        does=lambda *_: False,
        words="jump a step",
    ),
    Row(case("actions/hand-over/"), SEEN, post=True, data={"to": "everybody", **REASON}, words="hand over"),
    Row(case("actions/extend/"), SEEN, post=True, data=REASON, words="extend"),
    Row(case("actions/recuse/"), SEEN, post=True, data=REASON, words="recuse"),
    Row(case("actions/transfer/"), SEEN, post=True, data=REASON, words="transfer"),
    Row(lambda s: f"/documents/{s.document}/", SEEN, words="document"),
    Row(lambda s: f"/desk/person/{s.person}/", where_its_people_are_seen, words="person"),
    Row(at("/desk/name-rulings/new/"), words="new ruling"),
    Row(at("/desk/12315/new/"), words="register a 12315 matter"),
    Row(at("/desk/command/"), words="command page"),
    Row(
        lambda s: f"/desk/command/send/{s.case.number}/", where_the_case_is_seen, post=True, words="dispatch"
    ),
    Row(at("/desk/command/fresh/"), words="what changes on the command page"),
    Row(at("/desk/command/outlines.json"), words="outlines of the map"),
    Row(at("/desk/command/roster/"), words="duty roster"),
    Row(at("/desk/command/messages/"), words="messages to organs below"),
    Row(at(f"/desk/command/messages/{UUID(int=0)}/read/"), post=True, words="receipt of a message"),
    Row(at("/desk/command/events/"), words="major events"),
    Row(at("/desk/month/"), words="the month"),
    Row(at("/desk/library/"), words="texts being written"),
    Row(at("/desk/library/new/answer/"), words="new text"),
    Row(at(f"/desk/library/{UUID(int=0)}/"), nowhere, words="text being written"),
    Row(at(f"/desk/library/{UUID(int=0)}/withdraw/"), post=True, words="withdraw a text"),
    Row(at("/desk/reports/"), words="report"),
    Row(at("/desk/reports/report.csv"), words="report as plain rows"),
    Row(at("/desk/reports/report.xlsx"), words="report as a spreadsheet"),
    Row(at("/desk/reports/report.pdf"), words="report on paper"),
    Row(at("/desk/12315/entities/?q=none"), words="entities while typing"),
    Row(at("/desk/12315/similar/"), words="similar matters"),
    Row(at("/desk/12315/suggest/"), post=True, words="classes from the text"),
    Row(at("/desk/12315/paper/"), words="register a letter"),
    Row(at("/desk/12315/contacts/"), words="contacts that wait"),
    Row(lambda s: f"/desk/12315/contacts/{s.case.id}/", nowhere, words="register a contact"),
    Row(
        lambda s: f"/desk/12315/contacts/{s.case.id}/aside/", nowhere, post=True, words="lay a contact aside"
    ),
    Row(at("/desk/12315/orders/"), words="orders of 12345"),
    Row(at("/desk/12315/orders/none/"), nowhere, words="order of 12345"),
    Row(at("/desk/12315/today/"), words="the day of 12315"),
    Row(at("/desk/12315/reach/"), words="how to be reminded"),
    Row(lambda s: f"/desk/12315/more/{s.case.number}/", nowhere, words="beside a 12315 case"),
    Row(lambda s: f"/desk/12315/attach/{s.case.number}/", nowhere, post=True, words="attach to a 12315 case"),
    Row(at("/desk/12315/caller/"), words="the caller's earlier matters"),
    Row(lambda s: f"/desk/12315/reporter/{s.case.number}/", nowhere, words="reporter"),
    Row(at("/desk/12315/merchants/"), words="register of online dispute resolution"),
    Row(at("/desk/12315/merchants/none/"), nowhere, words="file of a merchant"),
    Row(at("/desk/counter/individual/new/"), words="sheet of the counter"),
    Row(lambda s: f"/desk/counter/{s.case.number}/", nowhere, words="taken in at the counter"),
    Row(
        lambda s: f"/desk/counter/{s.case.number}/application.pdf", nowhere, words="application to be signed"
    ),
    Row(
        lambda s: f"/desk/counter/{s.case.number}/register/",
        nowhere,
        post=True,
        words="register at the counter",
    ),
    Row(at("/desk/intake/"), words="enter paper"),
    Row(at("/desk/queue/"), words="queue at the counter"),
    Row(at("/desk/queue/take/"), post=True, words="take a number"),
    Row(at("/desk/queue/call/"), post=True, words="call the next"),
    Row(lambda s: f"/desk/queue/{s.draft}/", nowhere, words="slip of a number"),
    Row(at("/desk/settings/"), words="settings"),
    Row(at("/desk/automatic/"), words="automatic"),
    Row(at("/desk/automatic/company_establishment/"), words="automatic rules"),
    Row(at("/desk/automatic/company_establishment/conditions/"), post=True, words="lay conditions"),
    Row(at("/desk/automatic/company_establishment/switch/"), post=True, words="lay switch"),
    Row(at("/desk/settings/"), post=True, words="lay down"),
    Row(at("/desk/calls/"), words="calls"),
    Row(lambda s: f"/desk/calls/{s.draft}/", nowhere, words="call"),
    Row(at("/desk/calls/softphone/"), words="softphone"),
    Row(at("/desk/calls/seat/"), words="seat"),
    Row(at("/desk/calls/wall/"), words="wall of calls"),
    Row(at("/desk/calls/wall/figures/"), words="figures of the wall"),
    Row(at("/desk/calls/callbacks/"), words="list of call-backs"),
    Row(lambda s: f"/desk/calls/callbacks/{s.draft}/dial/", nowhere, post=True, words="call back"),
    Row(lambda s: f"/desk/calls/callbacks/{s.draft}/give-up/", nowhere, post=True, words="call back no more"),
    Row(lambda s: f"/desk/calls/cases/{s.draft}/{s.draft}/dial/", nowhere, post=True, words="ring a party"),
    Row(at("/desk/calls/settings/hours/"), words="hours of the telephones"),
    Row(at("/desk/calls/settings/lines/"), post=True, words="lay down a line"),
    Row(lambda s: f"/desk/calls/settings/hours/{s.draft}/", nowhere, words="one setting of the telephones"),
    Row(at("/desk/calls/settings/prompts/0/nothing.wav"), nowhere, words="sound of a prompt"),
    Row(lambda s: f"/desk/calls/recordings/{s.draft}/", nowhere, post=True, words="listen"),
    Row(lambda s: f"/desk/calls/recordings/{s.draft}/sound.wav", nowhere, words="recording"),
    Row(at("/desk/officers/"), words="officers"),
    Row(at("/desk/officers/new/"), words="new officer"),
    Row(lambda s: f"/desk/officers/{s.officer}/", ADMINISTERED, words="officer"),
    Row(lambda s: f"/desk/officers/{s.officer}/posts/", ADMINISTERED, post=True, words="add a post"),
    Row(lambda s: f"/desk/officers/{s.officer}/reset/", ADMINISTERED, post=True, words="reset"),
    Row(lambda s: f"/desk/officers/{s.officer}/unlock/", ADMINISTERED, post=True, words="unlock"),
    Row(lambda s: f"/desk/posts/{s.post}/end/", ADMINISTERED, post=True, words="end a post"),
)

# Pages of the applicant's own: `sight` is for officers, whom the action already refuses.
APPLICANTS = (
    Row(at("/my/"), words="my cases"),
    Row(lambda s: f"/my/{s.case.number}/", words="my case"),
    Row(lambda s: f"/my/{s.case.number}/done/", words="sent"),
    Row(lambda s: f"/my/{s.case.number}/mend/", post=True, words="mend"),
    Row(lambda s: f"/my/{s.case.number}/withdraw/", post=True, words="withdraw"),
    Row(lambda s: f"/my/{s.case.number}/apply/", post=True, words="apply after the notice"),
    Row(lambda s: f"/my/{s.case.number}/release/", post=True, words="give up a reserved name"),
    Row(at("/apply/new/no-such/"), words="begin"),
    Row(lambda s: f"/apply/{s.draft}/", words="draft"),
    Row(lambda s: f"/apply/{s.draft}/name/", words="topic"),
    Row(lambda s: f"/apply/{s.draft}/name/keep/", post=True, words="keep what is typed"),
    Row(lambda s: f"/apply/{s.draft}/check/", words="check"),
    Row(lambda s: f"/apply/{s.draft}/paper/charter/", words="a written paper"),
    Row(lambda s: f"/apply/{s.draft}/signatures/", post=True, words="ask for signatures"),
    Row(lambda s: f"/apply/{s.draft}/discard/", post=True, words="discard"),
    Row(at("/account/keys/"), words="my keys"),
    Row(lambda s: f"/account/keys/{s.key}/", words="key"),
    Row(lambda s: f"/account/keys/{s.key}/roll/", post=True, words="roll a key"),
    Row(lambda s: f"/account/keys/{s.key}/revoke/", post=True, words="revoke a key"),
)

# Of persons themselves: whoever is signed in as an applicant has them, with other contents.
FOLLOWERS = (
    Row(at("/follow/"), words="what I follow"),
    Row(at("/follow/entity/"), post=True, words="follow an entity"),
    Row(at("/follow/words/"), post=True, words="follow words"),
    Row(at("/follow/mail/"), post=True, words="choose e-mail"),
    Row(at("/12315/answer/"), words="merchants I answer for"),
    Row(at("/follow/feed/renew/"), post=True, words="renew the feed"),
    Row(at("/follow/webhooks/"), words="webhooks"),
)
NOBODYS = (
    Row(at("/12315/answer/none/"), words="complaints of a merchant"),
    Row(lambda s: f"/follow/{s.draft}/stop/", post=True, words="stop following"),
    Row(lambda s: f"/follow/webhooks/{s.draft}/", words="webhook"),
    Row(lambda s: f"/follow/webhooks/{s.draft}/replay/", post=True, words="replay"),
    Row(lambda s: f"/follow/webhooks/{s.draft}/remove/", post=True, words="act on a webhook"),
)

PUBLIC = (
    Row(at("/api/v1/changes"), words="changes"),
    Row(at("/api/v1/changes/stream"), words="stream of changes"),
    Row(at("/api/v1/entities/none/ownership"), words="ownership"),
    Row(at("/open-data/"), words="open data"),
    Row(at("/help/"), words="answers"),
    Row(at("/help/found/"), words="answers found"),
    Row(at("/warnings/"), words="warnings to consumers"),
    Row(at("/warnings/feed/"), words="feed of warnings"),
    Row(at(f"/warnings/{UUID(int=0)}/"), nowhere, words="warning"),
    Row(at("/laws/"), words="articles of laws"),
    Row(at("/laws/广告法/4/"), nowhere, words="article"),
    Row(at("/open-data/manifest.json"), words="newest manifest"),
    Row(at("/open-data/20260101/manifest.json"), words="file"),
    Row(at("/entity/none/feed.atom"), words="feed of an entity"),
    Row(lambda s: f"/follow/feed/{s.draft}/none.atom", words="secret feed"),
    Row(at("/12315/merchant/none/"), words="a merchant's answer"),
    Row(at("/12315/"), words="complain on the web"),
    Row(at("/entity/none/complaints/"), words="published complaints"),
    Row(at("/12315/new/"), post=True, words="begin a complaint"),
    Row(at("/12315/new/kinds/"), words="a page of the complaint"),
    Row(at("/12315/new/evidence/"), words="evidence"),
    Row(at("/12315/new/check/"), words="check a complaint"),
    Row(at("/12315/new/done/"), words="complaint sent"),
    Row(at("/12315/entities/?q=none"), words="merchants while typing"),
    Row(at("/12315/continue/none/"), words="go on from a reply"),
    Row(at("/open311/v2/services.json"), words="Open311 services"),
    Row(at("/open311/v2/services/complaint.json"), words="Open311 attributes"),
    Row(at("/open311/v2/requests.json"), words="Open311 requests"),
    Row(at("/open311/v2/requests/none.json"), words="Open311 request"),
    Row(at("/12315/progress/"), words="progress of a complaint"),
    Row(at("/12315/progress/mediation/"), post=True, words="agree to mediation"),
    Row(at("/12315/progress/rate/"), post=True, words="rate"),
    Row(at("/12315/progress/attach/"), post=True, words="add a paper of one's own"),
    Row(at("/"), words="home"),
    Row(at("/robots.txt"), words="robots"),
    Row(at("/search/"), words="search"),
    Row(at("/documents/licence-keys.pem"), words="keys of licence codes"),
    Row(at("/entity/none/"), words="entity"),
    Row(at("/entity/none/changes/"), words="changes of an entity"),
    Row(at("/entity/none/branches/"), words="branches of an entity"),
    Row(at("/entity/none/extract.pdf"), words="extract"),
    Row(at("/entity/none/qr.svg"), words="address of an entity"),
    Row(at("/entity/none/filings/"), words="filings an entity may make"),
    Row(at("/notices/decrease/"), words="notices of capital decrease"),
    Row(at("/sign/none/"), words="sign by link"),
    Row(lambda s: f"/sign/none/{s.draft}/", words="paper to be signed"),
    Row(at("/notices/"), words="public notices"),
    Row(lambda s: f"/notices/{s.draft}/", words="public notice"),
    Row(at("/queue/450103004/"), words="screen of the queue"),
    Row(at("/api/v1/entities/none/filings"), words="API: filings an entity may make"),
    Row(at("/verify/"), words="verify by serial"),
    Row(at("/verify/none"), words="verify"),
    Row(at("/names/"), words="check a name"),
    Row(at("/api/v1/names/check"), post=True, words="check a name by program"),
    Row(at("/api/"), words="API explained"),
    Row(at("/api/v1/openapi.json"), words="API described"),
    Row(at("/api/v1/entities/none"), words="API"),
    Row(at("/api/v1/entities?limit=1"), words="API: search"),
    Row(at("/api/v1/entities/none/versions"), words="API versions"),
    Row(at("/api/v1/code-lists"), words="API code lists"),
    Row(at("/api/v1/code-lists/statuses"), words="API code list"),
    Row(at("/apply/"), words="services"),
    Row(at("/scope/"), words="phrases of scopes"),
    Row(at("/apply/status/"), words="status of a filing"),
    Row(at("/apply/times/"), words="times of filings"),
    Row(at("/apply/times/450103000/"), words="times at a bureau"),
    Row(at("/desk/login/"), words="officers' log-in"),
    Row(at("/desk/login/code/"), words="second factor"),
    Row(at("/desk/logout/"), post=True, words="officers' log-out"),
    Row(at("/account/login/"), words="applicants' log-in"),
    Row(at("/account/register/"), words="register"),
    Row(at("/account/logout/"), post=True, words="applicants' log-out"),
)
