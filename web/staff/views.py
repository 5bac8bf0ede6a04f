"""What the layout of every desk page receives, and the desk's few shared pages."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.database.staff_values import Role
from web.views import SiteView


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page in the menu for those whose role covers `role`. order: place from the left."""

    words: str
    url: str
    role: Role
    order: int = 50


@dataclass(frozen=True, slots=True)
class MenuLink:
    words: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class FieldError:
    """A sentence beside the field whose id is `field`; '' for one that belongs to no field."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Frame:
    """person, role: '' on the sign-in page. done: the green line. plain_http: the loud warning is shown."""

    site: SiteView
    title: str
    person: str
    role: str
    menu: tuple[MenuLink, ...]
    csrf: str
    css_url: str
    js_url: str
    plain_http: bool
    done: str = ""
    errors: tuple[FieldError, ...] = ()

    def error_of(self, field: str) -> str:
        return next((error.sentence for error in self.errors if error.field == field), "")


@dataclass(frozen=True, slots=True)
class DeskStopPage:
    """A request that was not carried out. ways: where to go on, (words, url)."""

    frame: Frame
    sentence: str
    ways: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SignInPage:
    """next: where to go after. kept: (name, value) of a form that came after the session had ended."""

    frame: Frame
    account: str
    next: str
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPage:
    """After signing in again: the form that was not taken, to be sent with one press. csrf: of the new session."""

    frame: Frame
    action: str
    csrf: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """given: the present password was made by somebody else."""

    frame: Frame
    given: bool


@dataclass(frozen=True, slots=True)
class CountView:
    """Something that waits: words, how many, and where it is dealt with."""

    words: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class DeskHomePage:
    """counts: what waits, those above zero first. missing: whom to ask, what to supply (words, address of its form);
    () when all is filled in. fill_in: where offices and figures are filled in, (words, address).
    """

    frame: Frame
    counts: tuple[CountView, ...]
    missing: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    fill_in: tuple[tuple[str, str], ...]
    off: tuple[str, ...]
