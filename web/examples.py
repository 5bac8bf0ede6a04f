"""Examples for /openapi.json. The facts in them are invented: they show the shape, nothing else."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

LINE = "甲类家庭可以申请乙种补助。"
SOURCE: Json = {
    "number": 1,
    "confidence": "verified",
    "state": "in_force",
    "checked_on": "2026-01-02",
    "passage": {
        "id": "example-entry@1:conclusion",
        "document_id": "example-entry",
        "version": "1",
        "title": "哪些人可以申请乙种补助？",
        "url": "/entries/example-entry#conclusion",
        "quote": LINE,
    },
    "basis": {
        "title": "乙种补助办法（举例）",
        "document_number": "例〔2026〕1号",
        "issuer": "某部门",
        "article": "第1条",
        "level": "国家",
        "effective_from": "2026-01-01",
        "effective_to": "2030-01-01",
        "held": True,
        "quote": "第一条　甲类家庭可以申请乙种补助。",
    },
    "shown": {"tag": "2030年1月1日起失效", "tone": "warn"},
}
ANSWER: Json = {
    "answer_id": "0f3a9c",
    "conversation_id": "7be210",
    "status": "answered",
    "origin": "extract",
    "understood": "哪些人可以申请乙种补助",
    "text": f"{LINE}\n依据：〔1〕《乙种补助办法（举例）》第1条",
    "blocks": [
        {
            "kind": "conclusion",
            "text": LINE,
            "citations": [1],
            "origin": "extract",
            "heading": "",
            "lines": [{"text": LINE, "marks": [1]}],
        }
    ],
    "citations": [SOURCE],
    "contacts": [{"name": "政务服务热线", "phone": "12345", "hours": "工作日", "urgent": False}],
    "suggestions": ["要带什么材料？"],
    "as_of": "2026-01-02",
    "asked_at": "2026-01-02T02:21:00+00:00",
    "reviewed": True,
    "masked": False,
    "label": {"chip": "程序摘录", "asked": "2026年1月2日 10:21", "closing": "……", "not_reviewed": ""},
    "shown": {"title": "回答好了", "tone": "plain", "heading": LINE, "ways": [], "choices": []},
}
REFUSED: Json = ANSWER | {
    "answer_id": "",
    "conversation_id": "",
    "status": "rate_limited",
    "understood": "",
    "text": "问得太快了，请等 30 秒再问。您写的字还在。",
    "blocks": [],
    "citations": [],
    "suggestions": [],
    "retry_after": 30,
}
STREAM = (
    'event: start\ndata: {"answer_id":"0f3a9c"}\n\n'
    'event: stage\ndata: {"name":"retrieve"}\n\n'
    'event: block\ndata: {"kind":"conclusion"}\n\n'
    'event: done\ndata: {"status":"answered"}\n\n'
)
SEARCH: Json = {
    "on": "2026-01-02",
    "hits": [
        {
            "document_id": "example-entry",
            "passage_id": "example-entry@1:conclusion",
            "score": 21.5,
            "confidence": 0.93,
            "lexical": 14.2,
            "similarity": 0.71,
            "matched": "乙种补助怎么申请",
        }
    ],
    "rejects": [
        {
            "document_id": "other-entry",
            "passage_id": "other-entry@1:conclusion",
            "score": 3.1,
            "reason": "below-threshold",
        }
    ],
}
HOTLINES: Json = {
    "hotlines": [
        {"number": "12345", "name": "政务服务热线", "what": "反映问题", "hours": "", "urgent": False, "confirmed_on": ""}
    ],
    "offices": [],
}
TOPICS: Json = {
    "topics": [
        {
            "slug": "example",
            "name": "举例",
            "url": "/topics/example",
            "questions": [
                {
                    "id": "example-entry",
                    "question": "哪些人可以申请乙种补助？",
                    "url": "/entries/example-entry",
                }
            ],
        }
    ]
}
HANDED_OVER: Json = {"stored": True, "number": "482913", "text": "已交给工作人员，不用留名字。"}
HANDOVER: Json = {
    "known": True,
    "given_on": "2026-01-02",
    "reply": "到窗口补办，带上户口簿。",
    "replied_on": "2026-01-05",
    "text": "2026年1月2日交的。2026年1月5日工作人员答复：",
}
SHARED: Json = {"url": "http://127.0.0.1:8000/answers/3q2-7wAAAAAAAAAAAAAAAA"}
