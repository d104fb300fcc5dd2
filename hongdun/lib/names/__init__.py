"""Names of enterprises: their parts, what the law forbids in them, and which may be taken for each other.

企业名称登记管理规定 (2020) and, for its details, the rules of 2017 that it left in use.
"""

from hongdun.lib.names.keys import VERSION as KEYS
from hongdun.lib.names.keys import sounding_so, stored, wanted
from hongdun.lib.names.parts import Parts, moved, parse
from hongdun.lib.names.rules import RULES, Rule, compare

__all__ = ["KEYS", "RULES", "Parts", "Rule", "compare", "moved", "parse", "sounding_so", "stored", "wanted"]
