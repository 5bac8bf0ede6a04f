"""The staff desk: what every page under /staff shares. How to add a page:

1. A file in `web/pages/staff/` with `router = desk_router()`, named in AREAS of `web/pages/staff/__init__.py`.
   A page in the menu has `MENU = (MenuItem("文件", "/staff/documents", Role.EDITOR, order=20),)` beside it.
   What waits there for somebody: `def counts(desk: Desk) -> tuple[CountView, ...]`, shown on the desk's first page.
2. Every route names who may come, below the route's own decorator. Without it the module does not even load:

       @router.post("/documents/{document_id}/withdraw")
       @allow(Role.EDITOR)                       # or @allow(Role.EDITOR, max_body_bytes=25 * 2**20) for uploads
       async def withdraw(document_id: str, desk: DeskDep, why: Annotated[str, Form()] = "") -> Response:

   Role.REVIEWER may do all an EDITOR may, ADMIN all of it; a deputy counts as a reviewer while it lasts.
   Before the route runs, `web/staff/door.py` has found the session (else: the sign-in page, with what was typed
   kept), judged the role (403), and on every POST the Origin, the size of the body and the CSRF token.
3. `desk: DeskDep` is the request's Desk: `desk.person` (StaffAccount), `desk.may(Role.ADMIN)`, `desk.now()`,
   `desk.today()`, `desk.services` (pages' services), `desk.parts` (what the desk works with, see desk.py).
   Blocking calls (database, index) go through `await asyncio.to_thread(...)`.
4. Every form is `method="post"` and holds `{{ f.token(view.frame) }}` (`{% import "staff/_forms.html" as f %}`).
   Uploads: `enctype="multipart/form-data"`; the token may stand anywhere in the form. A script that fetches sends
   the same value as the header `x-csrf-token` (it stands in `<body data-csrf>`).
5. What changes something writes the log in the same transaction: make `deed = desk.deed("withdraw", document_id,
   why, title=…)` and hand it to a method in `knowledge/database/` that calls `staff_log.append(connection, town,
   deed)` inside its own `writing(engine)`. The slug needs its words in `web/staff/deeds.py`. `web/` never sees
   SQLAlchemy (a test): objects with such methods are built in `web/staff/wiring.py` as a field of DeskParts,
   typed by a Protocol (as Records is in `web/staff/records.py`). Plain values go in a `knowledge/database/..._values.py`
   that imports neither SQLAlchemy nor its neighbours: those `web/` may import (tests/unit/test_imports.py).
   After a change of what is published call `desk.parts.wake()`: the running server takes it over at once.
6. A page is one view dataclass whose first field is `frame: Frame`, rendered by `desk.page(view)` with the template
   named after it: `IntakeStartPage` -> `templates/staff/intake_start_page.html`, which begins
   `{% extends "staff/layout.html" %}` and fills `{% block main %}`. `desk.frame("标题", here="/staff/documents")`.
   Views of the desk live in a `views.py` of their area, e.g. `web/staff/life_views.py`.
   In templates `w` is the wording as on public pages, so `_card.html` can be included.
7. POST answers with `desk.go("/staff/documents", done="withdrawn")`: 303, and the page shows the green line
   `desk.frame(..., done={"withdrawn": "已经撤回。"})` names for it. Wrong input: the page again with status 422 and
   `frame(..., errors=(FieldError("why", "请写撤回的原因。"),))`; the field has id="why", `f.error(view.frame, "why")`
   stands beside it, and the summary on top links to it. Nothing typed is lost.
8. Styles: classes of `static/staff.css`; own rules in `static/staff_<area>.css`, scripts in `staff_<area>.js`:
   both are joined into the desk's one stylesheet and one script by themselves.
9. Tests: `tests/staff_site.py` gives the desk over a real database with three people (bian, fu, guan) and a browser
   per person: `a_staff_site(tmp_path).browser("fu").get("/staff")`. `tests/unit/test_staff_rights.py` walks every
   route as everybody; a new route shows up there by itself.
"""
