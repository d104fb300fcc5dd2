# `make` prints what there is. Variables: HONGDUN_HOME (default ./var), HONGDUN_PORT (default 8000).
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help up down status test check bench drill format setup setup-dev assets

PYTHON3 ?= python3
BIN := .venv/bin

help: ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: setup assets ## 安装所需并启动，打印网址和演示账户；崩溃后恢复也用它
	@$(BIN)/hongdun up

down: ## 停止
	@$(BIN)/hongdun down

status: ## 查看运行状态
	@$(BIN)/hongdun status

test: setup-dev assets ## 运行全部测试（演练除外）
	@$(BIN)/python tools/system_packages.py
	@$(BIN)/python tools/test.py all
	@$(BIN)/python tools/test.py telephone

check: setup-dev assets ## 格式、静态检查、类型、分层、迁移、快测试
	@$(BIN)/python tools/check.py

bench: setup-dev assets ## 运行基准，打印各项比值
	@$(BIN)/python -m bench

drill: setup-dev assets ## 全量演练：随机杀进程、磁盘写满、备份恢复
	@$(BIN)/python tools/test.py drill

format: setup-dev ## 统一代码格式
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --quiet .

setup:
	@$(PYTHON3) tools/setup.py

setup-dev:
	@$(PYTHON3) tools/setup.py --dev

assets: setup
	@$(BIN)/python tools/build_assets.py
