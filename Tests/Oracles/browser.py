#!/usr/bin/env python3
"""Opens pages in a real browser and prints what is wrong with them, line by line.

usage: browser.py CHROMIUM axe AXE.JS PAGE...     breaches of WCAG 2.2 A and AA, in light and dark, wide and narrow
       browser.py CHROMIUM try PAGE EXPRESSION... what each expression gives in the page, under the page's own policy
       browser.py CHROMIUM phone PAGE EXPRESSION... the same on a phone
       browser.py CHROMIUM shot PAGE OUT WIDTH HEIGHT light|dark
"""
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = [(1440, 900), (390, 844)]


class Browser:
    """One browser, spoken to over a pair of pipes: file descriptor 3 takes commands, 4 gives answers."""

    def __init__(self, program):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()
        script = f'exec "$@" 3<&{commands} 4>&{answers}'
        self.process = subprocess.Popen(
            ["sh", "-c", script, "sh", program, "--headless", "--no-sandbox", "--disable-gpu",
             "--remote-debugging-pipe", f"--user-data-dir={self.profile.name}", "about:blank"],
            pass_fds=(commands, answers), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(commands)
        os.close(answers)
        self.rest = b""
        self.number = 0
        self.session = None
        self.complaints = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log"]:
            self.ask(f"{domain}.enable")

    def message(self):
        while b"\0" not in self.rest:
            piece = os.read(self.answers, 1 << 20)
            if not piece:
                raise SystemExit("the browser went away")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(message)
        method = message.get("method")
        if method == "Log.entryAdded":
            self.complaints.append(message["params"]["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(message["params"]["exceptionDetails"]["text"])
        return message

    def ask(self, method, **parameters):
        self.number += 1
        call = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            call["sessionId"] = self.session
        rest = json.dumps(call).encode() + b"\0"
        while rest:
            rest = rest[os.write(self.commands, rest):]
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def open(self, page, width=1440, height=900, theme="light"):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.ask("Emulation.setEmulatedMedia",
                 features=[{"name": "prefers-color-scheme", "value": theme},
                           {"name": "prefers-reduced-motion", "value": "reduce"}])
        self.complaints = []
        path, mark, anchor = page.partition("#")
        self.ask("Page.navigate", url=pathlib.Path(path).absolute().as_uri() + mark + anchor)
        while self.message().get("method") != "Page.loadEventFired":
            pass

    def value(self, expression):
        result = self.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise SystemExit(f"{expression[:80]}: {result['exceptionDetails'].get('exception', {}).get('description')}")
        return result["result"].get("value")

    def close(self):
        try:
            self.ask("Browser.close")
        except (SystemExit, OSError):
            self.process.kill()
        self.process.wait()
        self.profile.cleanup()


def axe(browser, library, *pages):
    script = pathlib.Path(library).read_text(encoding="utf-8")
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    browser.ask("Page.setBypassCSP", enabled=True)
    for page in pages:
        for theme in ["light", "dark"]:
            for width, height in SIZES:
                browser.open(page, width, height, theme)
                # What is folded away is looked at too.
                browser.value("document.querySelectorAll('details').forEach(e => e.open = true)")
                browser.value(script + ";0")
                result = browser.value(f"axe.run(document, {json.dumps(options)})")
                print("checked", page, theme, width, result["testEngine"]["version"], len(result["passes"]))
                for breach in result["violations"]:
                    for node in breach["nodes"][:3]:
                        why = " ".join(node["failureSummary"].split())
                        print("breach", page, theme, width, breach["id"], node["target"][0], why)


def attempt(browser, page, *expressions, size=SIZES[0]):
    browser.open(page, *size)
    for expression in expressions:
        print(json.dumps(browser.value(expression)))
    for complaint in browser.complaints:
        print("complaint", complaint)


def phone(browser, page, *expressions):
    attempt(browser, page, *expressions, size=SIZES[1])


def shot(browser, page, out, width, height, theme):
    browser.open(page, int(width), int(height), theme)
    picture = browser.ask("Page.captureScreenshot", captureBeyondViewport=False)
    pathlib.Path(out).write_bytes(base64.b64decode(picture["data"]))


program, action, *arguments = sys.argv[1:]
browser = Browser(program)
try:
    {"axe": axe, "try": attempt, "phone": phone, "shot": shot}[action](browser, *arguments)
finally:
    browser.close()
