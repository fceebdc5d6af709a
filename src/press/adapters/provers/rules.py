"""What press holds a file for the press against, as rules for veraPDF's engine.

veraPDF brings profiles for PDF/A and PDF/UA, none for PDF/X; its engine takes any. A rule
names a kind of object of veraPDF's model and a test on its properties that must hold. A
property that the kind does not have stops the check of the whole file: tests/provers
tries every rule on a file that breaks it.

The rules are those of ISO 15930-4 (PDF/X-1a:2003) and 15930-7 (PDF/X-4) that veraPDF's
model can see, and of GWG 2022 "WebCMYKNews": pages for newspapers hold inks alone and
nothing transparent, whatever the kind of PDF.
"""

from __future__ import annotations

from dataclasses import dataclass

from press.model.printer import Standard

BOTH = frozenset(Standard)
X1A = frozenset({Standard.X1A})
X4 = frozenset({Standard.X4})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for one kind of object.

    Attributes:
        name: What breaches of it are called.
        kind: The kind of object, of veraPDF's model.
        test: What must hold, in veraPDF's subset of JavaScript.
        message: What is wrong where it does not.
        standards: The kinds of PDF it is for.
        at_end: Whether it is asked when all objects were seen: what is not there has
            no object that a rule could be asked of.
    """

    name: str
    kind: str
    test: str
    message: str
    standards: frozenset[Standard] = BOTH
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """A number that is worked out over all objects of a kind.

    Attributes:
        name: Its name in tests of rules that are asked at the end.
        kind: The kind of object.
        value: Its new value at each, from 0 on.
    """

    name: str
    kind: str
    value: str


def has(key: str) -> str:
    """Return the test that a dictionary has a key, by its list of keys."""
    return f"/(^|&){key}(&|$)/.test(entries)"


TALLIES = (
    Tally("intents", "PDOutputIntent", "S == 'GTS_PDFX' ? intents + 1 : intents"),
    Tally("profiles", "ICCOutputProfile", "profiles + 1"),
)

RULES = (
    # --- the file
    Rule("encrypted", "CosTrailer", "isEncrypted != true", "the file is encrypted"),
    Rule("id", "CosDocument", "lastID != null", "the file has no ID"),
    Rule(
        "version",
        "CosDocument",
        "headerVersion < 1.45",
        "the header says a later version than PDF 1.4",
        X1A,
    ),
    Rule(
        "version",
        "CosDocument",
        "headerVersion < 1.65",
        "the header says a later version than PDF 1.6",
        X4,
    ),
    Rule(
        "version-of-catalog",
        "PDDocument",
        "Version == null || Version == '1.3' || Version == '1.4'",
        "the catalog says a later version than PDF 1.4",
        X1A,
    ),
    Rule(
        "object-streams",
        "PDDocument",
        "containsXRefStream == false",
        "a cross-reference stream needs PDF 1.5",
        X1A,
    ),
    Rule("info", "CosDocument", "containsInfo == true", "there is no Info"),
    Rule(
        "info-title",
        "CosInfo",
        "Title != null && CreationDate != null && ModDate != null",
        "Title, CreationDate or ModDate is missing in Info",
    ),
    Rule(
        "info-trapped",
        "CosInfo",
        "/(^|&)Trapped(&|$)/.test(keysString)",
        "Trapped is missing in Info",
    ),
    Rule(
        "info-label",
        "CosInfo",
        "/(^|&)GTS_PDFXVersion(&|$)/.test(keysString)",
        "Info does not say which PDF/X it is (GTS_PDFXVersion)",
        X1A,
    ),
    Rule(
        "xmp",
        "PDDocument",
        "containsMetadata == true",
        "there are no XMP metadata",
        X4,
    ),
    Rule(
        "embedded-file",
        "CosDocument",
        "containsEmbeddedFiles == false",
        "another file is embedded",
    ),
    Rule("stream-outside", "CosStream", "F == null", "a stream lies in another file"),
    Rule(
        "lzw",
        "CosFilter",
        "internalRepresentation != 'LZWDecode'",
        "LZW compression",
        X1A,
    ),
    Rule(
        "layers",
        "CosDocument",
        "isOptionalContentPresent == false",
        "optional content (layers) needs PDF 1.5",
        X1A,
    ),
    Rule(
        "layers",
        "PDOCProperties",
        "containsConfigs == false",
        "layers that may be switched (OCProperties/Configs)",
        X4,
    ),
    # --- the output intent
    Rule(
        "intent",
        "CosDocument",
        "intents == 1",
        "there is not one output intent of PDF/X, but none or several",
        at_end=True,
    ),
    Rule(
        "intent-profile",
        "CosDocument",
        "profiles > 0",
        "the output intent carries no ICC profile",
        at_end=True,
    ),
    Rule(
        "intent-kind",
        "PDOutputIntent",
        "S == 'GTS_PDFX'",
        "the output intent is not one of PDF/X (GTS_PDFX)",
    ),
    Rule(
        "intent-condition",
        "PDOutputIntent",
        "OutputConditionIdentifier != null",
        "the output intent names no printing condition",
    ),
    Rule(
        "profile",
        "ICCOutputProfile",
        "deviceClass == 'prtr' && colorSpace == 'CMYK' && N == 4",
        "the output profile is not one of a CMYK press",
    ),
    Rule(
        "profile-version",
        "ICCOutputProfile",
        "version < 3",
        "an ICC profile of version 4 needs PDF 1.7",
        X1A,
    ),
    # --- colour
    Rule("rgb", "PDDeviceRGB", "false", "DeviceRGB is used"),
    Rule("icc", "PDICCBased", "false", "a colour has its own ICC profile (ICCBased)"),
    Rule("cal-rgb", "PDCalRGB", "false", "CalRGB is used"),
    Rule("cal-gray", "PDCalGray", "false", "CalGray is used"),
    Rule("lab", "PDLab", "false", "Lab is used"),
    Rule(
        "spot",
        "PDSeparation",
        "/^(Cyan|Magenta|Yellow|Black|All|None)$/.test(name)",
        "a spot colour is used",
    ),
    Rule("device-n", "PDDeviceN", "false", "DeviceN is used"),
    # --- transparency; SMaskNameValue is null for a mask that is a dictionary
    Rule(
        "soft-mask",
        "PDExtGState",
        "containsSMask == false || SMaskNameValue == 'None'",
        "a soft mask",
    ),
    Rule("alpha-fill", "PDExtGState", "ca == null || ca == 1", "transparent fills"),
    Rule("alpha-stroke", "PDExtGState", "CA == null || CA == 1", "transparent strokes"),
    Rule(
        "blend-mode",
        "PDExtGState",
        "containsBM == false || BMNameValue == 'Normal' || BMNameValue == 'Compatible'",
        "a blend mode",
    ),
    Rule("group", "PDGroup", "S != 'Transparency'", "a transparency group"),
    Rule(
        "image-mask", "PDXImage", "containsSMask == false", "a picture with a soft mask"
    ),
    # --- pictures and drawings
    Rule(
        "alternate-image",
        "PDXImage",
        "containsAlternates == false",
        "a picture with alternates",
    ),
    Rule("opi", "PDXObject", "containsOPI == false", "a picture to be exchanged (OPI)"),
    Rule(
        "postscript",
        "PDXForm",
        "(Subtype2 == null || Subtype2 != 'PS') && containsPS == false",
        "PostScript inside the PDF",
    ),
    Rule(
        "reference", "PDXForm", "containsRef == false", "a form that is another file's"
    ),
    Rule(
        "transfer-curve",
        "PDExtGState",
        "containsTR == false && (containsTR2 == false || TR2NameValue == 'Default')",
        "a transfer curve",
    ),
    Rule("operator", "Op_Undefined", "false", "an operator that PDF does not have"),
    # --- type
    Rule(
        "font-missing",
        "PDFont",
        "Subtype == 'Type3' || Subtype == 'Type0' || renderingMode == 3"
        " || containsFontFile == true",
        "a font is not embedded",
    ),
    Rule(
        "glyph-missing",
        "Glyph",
        "isGlyphPresent == null || isGlyphPresent == true",
        "a character that its font does not have (.notdef)",
    ),
    Rule(
        "font-opentype",
        "PDFont",
        "fontFileSubtype != 'OpenType'",
        "an OpenType font program needs PDF 1.6",
        X1A,
    ),
    # --- what only screens can do
    Rule(
        "annotation",
        "PDAnnot",
        "Subtype == 'PrinterMark' || Subtype == 'TrapNet'",
        "an annotation",
    ),
    Rule("action", "PDAction", "false", "an action"),
    Rule("page-action", "PDPage", "containsAA == false", "an action of a page"),
    Rule(
        "document-action", "PDDocument", "containsAA == false", "an action of the file"
    ),
    Rule("form-fields", "PDAcroForm", "false", "a form to fill in"),
    # --- boxes
    Rule("trim-box", "PDPage", has("TrimBox"), "a page has no TrimBox"),
    Rule("art-box", "PDPage", f"!{has('ArtBox')}", "a page has an ArtBox too"),
    Rule("user-unit", "PDPage", f"!{has('UserUnit')}", "a page has a UserUnit"),
    Rule("rotate", "PDPage", f"!{has('Rotate')}", "a page is turned (Rotate)"),
)

#: Clauses of PDF/A-1b that hold for pages for the press too.
CLAUSES = r"6\.1\.7-[13]|6\.2\..*|6\.3\..*|6\.4.*|6\.7\.3-.*|6\.7\.9-1"
#: But not: an output intent of PDF/A, smoothed pictures, lists of a subset's glyphs.
NOT_PDFX = r"6\.2\.3\.3-[23]|6\.2\.4-3|6\.3\.5-[23]"
#: What PDF 1.6 may have and PDF 1.4 may not: OpenType, ICC of version 4.
NOT_X4 = r"|6\.3\.2-7|6\.2\.2-1|6\.2\.3\.2-1"
