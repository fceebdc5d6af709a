"""Where a JSON Schema offers the paper's own names; see `json_schema`."""

OFFER = "x-offer"

ARTICLE = {"type": "string", OFFER: "articles"}
AD = {"type": "string", OFFER: "house_ads"}
TEMPLATE = {"type": "string", OFFER: "templates"}
LAYOUT = {"type": "string", OFFER: "layouts"}
SECTION = {"type": "string", OFFER: "sections"}
