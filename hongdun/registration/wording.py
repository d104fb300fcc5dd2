"""Words that several filings show."""

# 企业名称登记管理规定 art. 17.
LINKS = {"investment": "与下列企业有投资关系", "assigned": "受让下列企业的名称"}
# Ibid. art. 16.
UNDERTAKING = "承诺因名称与他人企业名称近似侵犯他人合法权益的，依法承担法律责任"
RIGHTS = {"owned": "自有", "rented": "租赁", "free": "无偿使用", "hosted": "集群注册（托管）"}
ROLES = {
    "legal_representative": "法定代表人",
    "executive_director": "董事（不设董事会）",
    "director": "董事",
    "supervisor": "监事",
    "manager": "经理",
    "finance": "财务负责人",
    "liaison": "登记联络员",
}
# What the rules did, as the applicant reads it.
BY_RULES = {
    ("screen", "rules"): "由系统按规则审核",
    ("screen", "people"): "由工作人员办理",
    ("rules", "register"): "符合全部条件，系统准予登记",
    ("rules", "people"): "系统不能直接准予登记，已转工作人员办理",
    ("print", "printed"): "营业执照已生成",
}
# The same of the steps of `registration.steps`; what officers propose to each other stays inside.
PLAIN = BY_RULES | {
    ("accept", "accept"): "已受理，等待审查",
    ("accept", "return"): "材料需要补正，已一次性告知",
    ("examine", "pass"): "审查完毕，等待核准",
    ("examine", "return"): "材料需要补正，已一次性告知",
    ("examine", "propose_refusal"): "审查完毕，等待核准",
    ("approve", "register"): "准予登记",
    ("approve", "return"): "材料需要补正，已一次性告知",
    ("approve", "back"): "还要再审查一次",
    ("approve", "refuse"): "不予登记，理由和救济途径见通知书",
    ("supplement", "resubmit"): "您补正后重新提交了申请",
    ("issue", "issue"): "营业执照已发出",
    ("archive", "archive"): "已归档",
}
