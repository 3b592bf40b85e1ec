"""Files that no reader of ours understands (RTF, Word 95, Word files damaged within): LibreOffice converts them to
DOCX, where it is installed.

It works in a temporary folder, with a profile of its own in which macros, links and the network are off.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import regex

from planparse.limits import Budget, Limits
from planparse.model import ReadError, Source, Warning
from planparse.read import guarded
from planparse.read.from_docx import read_docx
from planparse.read.package import Package, child

TO_DOCX = "docx:MS Word 2007 XML"
MEGABYTES = Budget().megabytes  # of memory, as for a document of a batch
NAMESPACE = "http://openoffice.org/2001/registry"
SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),  # never
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),  # where nobody listens
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_HANZI, _LETTER = regex.compile(r"\p{Han}"), regex.compile(r"\p{L}")


class Form(NamedTuple):
    """A form of files: their suffix, LibreOffice's name of its filter, the media type, whether they are whole."""

    suffix: str
    filter: str
    media_type: str
    whole: bool = True


RTF = Form("rtf", "Rich Text Format", "application/rtf")
WORD_95 = Form("doc", "MS WinWord 6.0", "application/msword")  # this filter reads Word 6 and 95
DAMAGED_WORD = Form("doc", "MS Word 97", "application/msword", whole=False)


def read_by_office(content: bytes, name: str, sha256: str, form: Form, limits: Limits, refusal: ReadError) -> Source:
    """The Source of a file that LibreOffice converts, with a warning; without LibreOffice the refusal is raised.

    `PLANPARSE_OFFICE` names the program, or is `off`.
    """
    program = find_office()
    if program is None:
        advice = "where LibreOffice is installed, planparse lets it convert such a file"
        raise ReadError(f"{refusal}; {advice}", code=refusal.code)
    with tempfile.TemporaryDirectory(prefix="planparse-") as folder:
        package = _convert(program, content, form, Path(folder), limits, refusal)
    version = _version(package)
    source = read_docx(package, name, sha256)
    if not _is_readable(source.text):
        raise _not_read(refusal)
    if form.whole:
        warning = Warning(code="converted", message=f"{version} converted the file to DOCX, which was read")
    else:
        message = f"the file is damaged; what {version} could read of it was read, and text may be missing"
        warning = Warning(code="repaired", message=message)
    return replace(source, media_type=form.media_type, warnings=(warning, *source.warnings))


def find_office() -> str | None:
    """The program that converts, or None."""
    wanted = os.environ.get("PLANPARSE_OFFICE")
    if wanted == "off":
        return None
    return shutil.which(wanted) if wanted else shutil.which("soffice") or shutil.which("libreoffice")


def _convert(program: str, content: bytes, form: Form, folder: Path, limits: Limits, refusal: ReadError) -> Package:
    profile, given = folder / "profile", folder / f"document.{form.suffix}"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), "utf-8")
    given.write_bytes(content)
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += [f"--infilter={form.filter}", "--convert-to", TO_DOCX, "--outdir", str(folder), str(given)]
    guard = [sys.executable, "-I", guarded.__file__, str(limits.max_office_seconds), str(MEGABYTES)]
    with subprocess.Popen(
        [*guard, *command], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        status = process.wait()
    converted = folder / "document.docx"
    if status == guarded.OVER:
        raise ReadError(
            f"LibreOffice did not convert the file in {limits.max_office_seconds} seconds; "
            f"allow more with --limit max_office_seconds={2 * limits.max_office_seconds}",
            code="timeout",
        )
    if status or not converted.is_file():
        raise _not_read(refusal)
    return Package(converted.read_bytes(), limits)


def _not_read(refusal: ReadError) -> ReadError:
    return ReadError(f"{refusal}; LibreOffice could not read it either", code=refusal.code)


def _is_readable(text: str) -> bool:
    """Whether most letters are hanzi: what is read in a wrong encoding has other ones.

    >>> _is_readable("2025年新建学校5所（A类）"), _is_readable("ÄêÄÚÐÂ½¨Ñ§Ð£5Ëù")
    (True, False)
    """
    return 2 * len(_HANZI.findall(text)) > len(_LETTER.findall(text))


def _settings() -> str:
    items = (
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for path, name, value in SETTINGS
    )
    return f'<oor:items xmlns:oor="{NAMESPACE}">{"".join(items)}</oor:items>'


def _version(package: Package) -> str:
    """LibreOffice as it signs what it writes: LibreOffice/7.4.7.2$Linux_X86_64 ..."""
    application = child(package.xml("docProps/app.xml"), "Application")
    signed = (application.text or "") if application is not None else ""
    return signed.partition("$")[0].replace("/", " ") or "LibreOffice"
