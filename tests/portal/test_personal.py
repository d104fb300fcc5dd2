"""Public records hold what the law makes public, and nothing else about persons (企业信息公示暂行条例 art. 6)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from hongdun.base.ids import uuid7
from hongdun.base.scope import acting
from hongdun.lib.money import Money
from hongdun.lib.particulars import PersonEntry, Share
from hongdun.lib.personal import identity_check
from hongdun.parties import actions as parties
from hongdun.register.models import Entity
from tests.register.builders import changed, founded, officer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
