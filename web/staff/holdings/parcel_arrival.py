"""A parcel as it arrives: why it cannot be taken in, and its keeping. Nothing else changes yet."""

from __future__ import annotations

from ingest.errors import UnsupportedDocument
from ingest.originals import store_original
from ingest.signatures import MAX_FILE_BYTES
from knowledge.locks import originals_lock
from knowledge.overlay_values import Parcel
from web.staff.desk import Desk
from web.staff.holdings.parcel import unpacked
from web.staff.holdings.present import holdings_of
from web.staff.intake.files import has_room


def fault_of(desk: Desk, data: bytes, name: str) -> str:
    """Why the file cannot be taken in, '' where it can."""
    if not data:
        return "还没有选文件。请选一个从工作台导出的压缩包（.zip）。"
    if len(data) > MAX_FILE_BYTES:
        return f"“{name}”超过 20 MB，没有收。"
    if not has_room(desk.services.settings):
        return "磁盘快满了，暂时不能传。请告诉管理员清理磁盘。"
    try:
        unpacked(data, name)
    except UnsupportedDocument as error:
        return f"“{name}”没有收：{error.reason}。{error.remedy}。"
    return ""


def keep(desk: Desk, parcel: Parcel, data: bytes) -> None:
    settings = desk.services.settings
    with originals_lock(settings.data_dir, "desk"):
        store_original(settings.originals_dir, data)
        holdings_of(desk).parcels.add(parcel, desk.deed("bring_parcel", parcel.id, name=parcel.name))
