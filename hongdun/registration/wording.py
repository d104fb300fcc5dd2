"""Words that several filings show."""

# 企业名称登记管理规定 art. 17.
LINKS = {"investment": "与下列企业有投资关系", "assigned": "受让下列企业的名称"}
# Ibid. art. 16.
UNDERTAKING = "承诺因名称与他人企业名称近似侵犯他人合法权益的，依法承担法律责任"
