"""The endpoint: who is asked, with which words, how long, and what comes back."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, field
from typing import Any, Final

from kg.errors import KGError, MissingExtraError
from kg.extract.llm.asked import ENDPOINT, KEY, MODEL, SECONDS, prompt

_SECONDS: Final = 120.0
_LARGEST: Final = 4_000_000
"""Bytes of an answer."""
_TRIES: Final = 3
_LONGEST_PAUSE: Final = 30.0
_TOO_MANY, _BROKEN, _WRONG = 429, 500, 400
_SHOWN: Final = 200
"""Characters of an answer that are quoted in a reason."""
_MARK: Final = "=====REPORT====="


class ServiceError(Exception):
    """What the endpoint did instead of an answer; a reason for a report."""


@dataclass(frozen=True, slots=True)
class Service:
    """One model at one endpoint that speaks the protocol of chat completions."""

    endpoint: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = _SECONDS

    def ask(self, text: str) -> str:
        """Return what the model says of a text.

        Raises:
            ServiceError: no answer, an error, or none that the protocol knows; asked again where it is busy or broken.
            MissingExtraError: the libraries of the extra are not installed.
        """
        body = json.dumps(
            {
                "model": self.model,
                "temperature": 0,
                "messages": [
                    {"role": "system", "content": prompt()},
                    {"role": "user", "content": f"{_MARK}\n{text.replace(_MARK, '')}\n{_MARK}"},
                ],
            }
        )
        for left in reversed(range(_TRIES)):
            status, pause, answer = self._post(body.encode())
            if status < _WRONG:
                return _content(answer)
            reason = f"status {status}{': ' + shown(answer) if answer else ''}"
            if not left or not (status == _TOO_MANY or status >= _BROKEN):
                raise ServiceError(reason)
            time.sleep(min(pause if pause is not None else 2.0 ** (_TRIES - 1 - left), _LONGEST_PAUSE, self.seconds))
        raise AssertionError

    def _post(self, body: bytes) -> tuple[int, float | None, str]:
        """Send one request; return the status, how long to wait before another, and the text of the answer."""
        try:
            from kg.client import Client  # noqa: PLC0415 - needs the extra
        except ImportError as error:
            raise MissingExtraError("a model at an endpoint needs httpx: pip install 'breachkg[llm]'") from error
        client = Client(self.endpoint.rstrip("/") + "/chat/completions", token=self.key)
        try:
            reply = client.send(
                "POST", headers={"Content-Type": "application/json"}, body=body, seconds=self.seconds, size=_LARGEST
            )
        except KGError as error:
            raise ServiceError(str(error)) from error
        pause = reply.headers.get("retry-after", "")
        answer = reply.body.decode("utf-8", "replace")
        if reply.status >= _WRONG:  # its words are passed on; what a model says is left as it is
            answer = client.masked(answer)
        return reply.status, float(pause) if pause.isdecimal() else None, answer


def service() -> Service | None:
    """Return the service that the environment names; None where it names none.

    Raises:
        KGError: what it names is no address, lacks a model, or is no number of seconds.
    """
    endpoint, model = os.environ.get(ENDPOINT, ""), os.environ.get(MODEL, "")
    if not endpoint:
        return None
    if not endpoint.lower().startswith(("http://", "https://")):
        # What it is may hold a password.
        raise KGError(f"{ENDPOINT} is no address that begins with http:// or https://")
    if not model:
        raise KGError(f"{ENDPOINT} is set: name the model too ({MODEL}, or --llm-model)")
    seconds = os.environ.get(SECONDS, "") or str(_SECONDS)
    try:
        limit = float(seconds)
    except ValueError:
        limit = 0.0
    if not 0 < limit < float("inf"):
        raise KGError(f"{SECONDS} is {seconds!r}, not a number of seconds")
    return Service(endpoint, model, os.environ.get(KEY, ""), limit)


def shown(text: str) -> str:
    """Return the beginning of what was answered, on one line."""
    flat = " ".join(text[: 2 * _SHOWN].split())
    return flat[:_SHOWN] + ("..." if len(flat) > _SHOWN else "")


def _content(answer: str) -> str:
    """The words of the model in an answer of the endpoint."""
    try:
        told: Any = json.loads(answer)
        content = told["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError):
        raise ServiceError(f"the answer is no chat completion: {shown(answer) or 'empty'}") from None
    if not isinstance(content, str) or not content.strip():
        raise ServiceError("the model says nothing")
    return content
