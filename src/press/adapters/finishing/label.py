"""What a press file says of itself: output intent, information, XMP (ISO 15930-4, -7)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from press.model.press import PressJob
from press.model.printer import Standard

PRODUCER = "press"
REGISTRY = "http://www.color.org"
#: Printing conditions in the registry of the ICC.
REGISTERED = re.compile(
    r"FOGRA\d+|IFRA\d+|CGATS[ -]?TR[ -]?\d+|CGATS21-2-CRPC\d|JC\w?\d+|EUROSB\d+",
    re.IGNORECASE,
)


def label(pdf: Pdf, job: PressJob, source: bytes) -> None:
    """Write output intent, information and XMP.

    `source` is the bound file: the same file and job give the same ids.
    """
    title, author = (str(pdf.docinfo.get(key, "")) for key in ("/Title", "/Author"))
    standard, moment = job.printer.standard, dt.datetime.fromtimestamp(job.date, dt.UTC)
    pdf.Root.OutputIntents = Array([_intent(pdf, job)])
    stamp = String(f"D:{moment:%Y%m%d%H%M%S}Z")
    info = Dictionary(
        Title=String(title),
        Creator=String(PRODUCER),
        Producer=String(PRODUCER),
        CreationDate=stamp,
        ModDate=stamp,
        Trapped=Name("/False"),
    )
    if author:
        info.Author = String(author)
    if standard is Standard.X1A:
        info.GTS_PDFXVersion = String(standard.label)
    pdf.docinfo = pdf.make_indirect(info)
    xmp = _xmp(
        standard, title, author, f"{moment:%Y-%m-%dT%H:%M:%SZ}", _id(source, job)
    )
    packet = Stream(pdf, xmp, Dictionary(Type=Name.Metadata, Subtype=Name.XML))
    pdf.Root.Metadata = pdf.make_indirect(packet)


def _intent(pdf: Pdf, job: PressJob) -> Object:
    profile = job.profile
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(profile.condition),
        Info=String(profile.description),
        DestOutputProfile=pdf.make_indirect(Stream(pdf, profile.data, Dictionary(N=4))),
    )
    if profile.describes:
        intent.OutputCondition = String(profile.describes)
    if REGISTERED.fullmatch(profile.condition) and not profile.stand_in:
        intent.RegistryName = String(REGISTRY)
    return pdf.make_indirect(intent)


def _id(source: bytes, job: PressJob) -> str:
    """Return an id of the file in the form of a UUID."""
    key = f"{job.printer!r} {job.profile.sha256} {job.date} {job.slug} {job.pictures!r}"
    key += "".join(f" {one!r} {one.sha256}" for one in job.advertisements)
    digest = hashlib.sha256(source + key.encode()).hexdigest()
    return "-".join(
        (digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32])
    )


def _xmp(standard: Standard, title: str, author: str, moment: str, own: str) -> bytes:
    name = standard.label
    if standard is Standard.X4:
        version = f"<pdfxid:GTS_PDFXVersion>{name}</pdfxid:GTS_PDFXVersion>"
    else:
        version = f"<pdfx:GTS_PDFXVersion>{name}</pdfx:GTS_PDFXVersion>"
    creator = (
        f"<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>\n"
        if author
        else ""
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
{creator}<pdf:Producer>{PRODUCER}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
{version}
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{own}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{own}</xmpMM:InstanceID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>1</xmpMM:VersionID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
""".encode()
