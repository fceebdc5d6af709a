"""What the readers' file says of itself, in Info and in XMP (ISO 14289-1, 7.1)."""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import escape, quoteattr

from pikepdf import Dictionary, Name, Pdf, Stream, String

from press.model.press import ReplicaJob

PRODUCER = "press"
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li><rdf:li xml:lang={lang}>{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def describe(book: Pdf, job: ReplicaJob) -> None:
    """Say what the file is: title, language, date, and that it is made for all."""
    moment = dt.datetime.fromtimestamp(job.date, tz=dt.UTC)
    stamp = f"D:{moment:%Y%m%d%H%M%S}Z"
    author = str(book.docinfo.get("/Author", PRODUCER))
    book.docinfo = book.make_indirect(
        Dictionary(
            Title=String(job.title),
            Author=String(author),
            Creator=String(PRODUCER),
            Producer=String(PRODUCER),
            CreationDate=String(stamp),
            ModDate=String(stamp),
        )
    )
    packet = PACKET.format(
        title=escape(job.title),
        lang=quoteattr(job.lang),
        language=escape(job.lang),
        author=escape(author),
        producer=PRODUCER,
        date=f"{moment:%Y-%m-%dT%H:%M:%SZ}",
    )
    root = book.Root
    root.Metadata = Stream(book, packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
    root.Lang = String(job.lang)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines
